import { html } from 'ghtml';
import { ALERT_OUTCOMES, type Alert } from '../../handoff/alert.js';
import { isOverdue } from '../../handoff/alerts.js';
import type { DeskEntry } from '../../handoff/desk.js';
import { type Instant, MINUTE } from '../../kernel/clock.js';
import type { StaffId } from '../../kernel/ids.js';
import type { Word } from '../layout.js';

export interface DeskView {
  t: Word;
  now: Instant;
  csrf: string;
  me: StaffId;
  /** Pseudonyms of colleagues. */
  nameOf: (staff: StaffId) => string;
}

/** Alerts first, then who waits. The part of the page that is refreshed. */
export function deskView(view: DeskView, entries: readonly DeskEntry[]): string {
  const { t } = view;
  const alerts = entries.filter(({ alert }) => alert !== undefined);
  const others = entries.filter(({ alert }) => alert === undefined);
  const alertPart =
    alerts.length === 0
      ? ''
      : html`<section aria-labelledby="alerts"><h2 id="alerts">${t('console.alerts')} (${alerts.length})</h2>
!${alerts.map((entry) => alertCard(view, entry)).join('')}</section>`;
  const list = others.length === 0 ? html`<p>${t('console.nobody')}</p>` : waitingTable(view, others);
  const open = alerts.filter(({ alert }) => alert?.state.kind === 'open').length;
  return html`<div id="desk" data-alerts="${open}">
!${alertPart}
<section aria-labelledby="waiting"><h2 id="waiting">${t('console.waiting')} (${others.length})</h2>!${list}</section>
</div>`;
}

function alertCard(view: DeskView, { alert, head }: DeskEntry): string {
  if (alert === undefined) return '';
  const { t, now } = view;
  const title = isOverdue(alert, now) ? t('console.alert-overdue') : t('console.alert');
  const where = head === undefined ? t('console.erased') : t(`console.channel.${head.channel}`);
  const read =
    head === undefined
      ? ''
      : html`<a class="button" href="/console/conversations/${head.id}">${t('console.open')}</a>`;
  return html`<article class="alert ${alert.state.kind}">
<h3>${title} — ${t(`console.reason.${alert.reason}`)}</h3>
<p>${where} · ${since(view, alert.openedAt)}</p>
<div class="acts">!${read}!${alertForms(view, alert)}</div>
</article>`;
}

export function alertForms(view: DeskView, alert: Alert): string {
  const { t, csrf, me, nameOf } = view;
  const action = `/console/alerts/${alert.id}`;
  if (alert.state.kind === 'open')
    return html`<form method="post" action="${action}/acknowledge"><input type="hidden" name="csrf" value="${csrf}">
<button class="strong">${t('console.acknowledge')}</button></form>`;
  if (alert.state.by !== me) return html`<p>${t('console.column.who')} : ${nameOf(alert.state.by)}</p>`;
  const options = ALERT_OUTCOMES.map(
    (outcome) => html`<option value="${outcome}">${t(`console.outcomes.${outcome}`)}</option>`,
  ).join('');
  return html`<form method="post" action="${action}/close"><input type="hidden" name="csrf" value="${csrf}">
<label for="outcome-${alert.id}">${t('console.outcome')}</label>
<select id="outcome-${alert.id}" name="outcome">!${options}</select>
<button>${t('console.close-alert')}</button></form>`;
}

function waitingTable(view: DeskView, entries: readonly DeskEntry[]): string {
  const { t } = view;
  const columns = ['what', 'channel', 'since', 'who', 'act'].map(
    (key) => html`<th scope="col">${t(`console.column.${key}`)}</th>`,
  );
  return html`<div class="table"><table><thead><tr>!${columns.join('')}</tr></thead>
<tbody>!${entries.map((entry) => waitingRow(view, entry)).join('')}</tbody></table></div>`;
}

function waitingRow(view: DeskView, { head }: DeskEntry): string {
  if (head === undefined) return '';
  const { t } = view;
  const { owner } = head;
  const what = owner.kind === 'queue' ? t('console.queue') : t('console.owned');
  const who = owner.kind === 'operator' ? owner.pseudonym : '—';
  const start = 'since' in owner ? owner.since : head.activeAt;
  return html`<tr><td>${what}</td><td>${t(`console.channel.${head.channel}`)}</td><td>${since(view, start)}</td><td>${who}</td>
<td><a class="button" href="/console/conversations/${head.id}">${t('console.open')}</a></td></tr>`;
}

const since = ({ t, now }: DeskView, start: Instant): string =>
  t('console.minutes', { count: Math.floor(Math.max(0, now - start) / MINUTE) });
