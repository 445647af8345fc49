import { html } from 'ghtml';
import { ALERT_OUTCOMES, type Alert } from '../../handoff/alert.js';
import { isOverdue } from '../../handoff/alerts.js';
import type { HelpContact } from '../../handoff/help-contacts.js';
import type { TalkView } from './conversation-view.js';
import { since } from './row-view.js';

export interface VitalParts {
  alert: Alert;
  /** The organisation's own procedure; `undefined` while it has not been written. */
  procedure: string | undefined;
  /** Shown once, when its owner has asked for it. */
  revealed?: readonly HelpContact[];
}

/** Everything about a life in danger, in one card: why, since when, what to do, what may bring help. */
export function vitalCard(view: TalkView, parts: VitalParts): string {
  const { t, now, me, nameOf } = view;
  const { alert } = parts;
  const mine = alert.state.kind === 'acknowledged' && alert.state.by === me;
  const owner =
    alert.state.kind === 'open'
      ? html`<p class="overdue">${t(isOverdue(alert, now) ? 'console.alert-overdue' : 'staff-desk.nobody-has-it')}</p>`
      : html`<p>${mine ? t('staff-desk.alert-mine') : t('staff-desk.by', { name: nameOf(alert.state.by) })}</p>`;
  return html`<section class="alert ${alert.state.kind}" aria-labelledby="vital-title">
<h2 id="vital-title">${t('console.alert')} — ${t(`console.reason.${alert.reason}`)}</h2>
<p>${t('staff-desk.alert-since')} !${since(view, alert.openedAt)}</p>!${owner}
!${alert.state.kind === 'open' ? takeForm(view, alert) : ''}
!${mine ? revealPart(view, parts) : ''}
!${procedureView(view, parts.procedure)}
!${mine ? closeForm(view, alert) : ''}</section>`;
}

const tokenOf = ({ csrf }: TalkView): string => html`<input type="hidden" name="csrf" value="${csrf}">`;

const takeForm = (view: TalkView, { id }: Alert): string =>
  html`<form method="post" action="/console/alerts/${id}/acknowledge">!${tokenOf(view)}
<button class="strong" data-key="p">${view.t('console.acknowledge')}</button></form>`;

function revealPart(view: TalkView, { alert, revealed }: VitalParts): string {
  const { t } = view;
  if (revealed === undefined)
    return html`<form method="post" action="/console/alerts/${alert.id}/reveal">!${tokenOf(view)}
<button>${t('staff-desk.reveal')}</button><p class="hint">${t('staff-desk.reveal-hint')}</p></form>`;
  if (revealed.length === 0) return html`<p class="revealed">${t('staff-desk.reveal-nothing')}</p>`;
  return html`<dl class="revealed">!${revealed.map(
    ({ kind, value }) => html`<div><dt>${t(`staff-desk.help.${kind}`)}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

function procedureView({ t }: TalkView, procedure: string | undefined): string {
  const text = procedure ?? t('staff-desk.procedure-missing');
  return html`<details class="procedure" open><summary>${t('staff-desk.procedure')}</summary><p class="text">${text}</p></details>`;
}

function closeForm(view: TalkView, { id }: Alert): string {
  const { t } = view;
  const options = ALERT_OUTCOMES.map(
    (outcome) => html`<option value="${outcome}">${t(`console.outcomes.${outcome}`)}</option>`,
  );
  return html`<form method="post" action="/console/alerts/${id}/close" class="close-alert">!${tokenOf(view)}
<label for="outcome-${id}">${t('console.outcome')}</label>
<select id="outcome-${id}" name="outcome" required><option value="">${t('staff-desk.choose')}</option>!${options}</select>
<button>${t('console.close-alert')}</button></form>`;
}
