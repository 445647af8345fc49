import { html } from 'ghtml';
import type { StaffId } from '../../kernel/ids.js';
import type { IncomingCall } from '../../phone-line/desk-answer.js';
import type { Duty } from '../../phone-line/line.js';
import type { Word } from '../layout.js';

export interface DutyView {
  t: Word;
  csrf: string;
  nameOf: (staff: StaffId) => string;
}

/** Who may be rung now: one's own switch, and for those who may see it everybody's. */
export function dutyView(
  view: DutyView,
  { own, incoming, all }: { own: Duty | undefined; incoming: IncomingCall | undefined; all: readonly Duty[] },
): string {
  const { t, csrf } = view;
  const available = own?.available === true && !own.paused;
  const state =
    own?.paused === true
      ? t('console.duty.own-paused')
      : t(available ? 'console.duty.own-on' : 'console.duty.own-off');
  return html`<h1>${t('console.duty.title')}</h1>
<div id="ringing" role="status">!${ringingCard(view, incoming)}</div>
<section><p role="status">${state}</p>
<form method="post" action="/console/permanence"><input type="hidden" name="csrf" value="${csrf}">
<input type="hidden" name="available" value="${available ? 'no' : 'yes'}">
<button class="strong">${t(available ? 'console.duty.switch-off' : 'console.duty.switch-on')}</button></form></section>
!${everybody(view, all)}`;
}

/** The phone rings: what to do there, and the way to pass it on at once. */
function ringingCard({ t, csrf }: DutyView, incoming: IncomingCall | undefined): string {
  if (incoming === undefined) return '';
  return html`<section class="alert"><h2>${t('staff-own.ringing')}</h2><p>${t('staff-own.ringing-accept')}</p>
<form method="post" action="/console/permanence/refuser"><input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="request" value="${incoming.request}">
<button>${t('staff-own.ringing-refuse')}</button></form></section>`;
}

function everybody({ t, nameOf }: DutyView, all: readonly Duty[]): string {
  if (all.length === 0) return '';
  const row = (duty: Duty): string =>
    html`<tr><td>${nameOf(duty.responder as never)}</td><td>${t(`console.duty.role.${duty.role}`)}</td><td>${t(`console.duty.state.${stateOf(duty)}`)}</td></tr>`;
  return html`<section><h2>${t('console.duty.everybody')}</h2>
<table><thead><tr><th scope="col">${t('console.column.who')}</th><th scope="col">${t('console.duty.role-title')}</th><th scope="col">${t('console.duty.state-title')}</th></tr></thead>
<tbody>!${all.map(row).join('')}</tbody></table></section>`;
}

function stateOf(duty: Duty): 'paused' | 'off' | 'busy' | 'on' {
  if (duty.paused) return 'paused';
  if (!duty.available) return 'off';
  return duty.busyWith === null ? 'on' : 'busy';
}
