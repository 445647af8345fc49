import { html } from 'ghtml';
import type { Presence } from '../../handoff/presence-store.js';
import type { StaffId } from '../../kernel/ids.js';
import type { Talk as CallTalk } from '../../phone-line/phone-line.js';
import type { Talk, TalkView } from './conversation-view.js';

/** Whom a call may be passed to, besides a person: whoever of a role has been idle longest. */
export const CALL_ROLES = ['psychologist', 'operator'] as const;

/** A call: taken by the desk phone, passed on by bringing a colleague into it first. */
export function callView(
  view: TalkView,
  parts: { talk: Talk; call: CallTalk | undefined; colleagues: readonly Presence[] },
): string {
  const { t, me, nameOf } = view;
  const { talk, call } = parts;
  if (call === undefined) return html`<p>${t('console.by-phone')}</p>!${button(view, talk, 'claim', true)}`;
  const guest = call.guest && nameOf(call.guest.responder as StaffId);
  if (call.responder !== me)
    return html`<p>${t('staff-desk.on-call-with', { name: nameOf(call.responder as StaffId) })}</p>`;
  if (call.guest?.joined)
    return html`<p>${t('staff-desk.call-joined', { name: guest ?? '' })}</p>!${button(view, talk, 'call-leave', true)}`;
  if (call.guest !== undefined) return html`<p>${t('staff-desk.call-rings', { name: guest ?? '' })}</p>`;
  return html`<p>${t('staff-desk.call-mine')}</p>!${passOn(view, parts)}`;
}

const button = ({ t, csrf }: TalkView, { id }: Talk, act: 'claim' | 'call-leave', strong: boolean): string =>
  html`<form method="post" action="/console/conversations/${id}/${act}"><input type="hidden" name="csrf" value="${csrf}">
<button class="${strong ? 'strong' : ''}" data-key="p">${t(`staff-desk.act.${act}`)}</button></form>`;

function passOn(
  view: TalkView,
  { talk, colleagues }: { talk: Talk; colleagues: readonly Presence[] },
): string {
  const { t, csrf, me } = view;
  const roles = CALL_ROLES.map(
    (role) => html`<option value="${role}">${t(`staff-desk.call-to.${role}`)}</option>`,
  );
  const people = colleagues
    .filter(({ staff }) => staff !== me)
    .map(({ staff, pseudonym }) => html`<option value="${staff}">${pseudonym}</option>`);
  return html`<form method="post" action="/console/conversations/${talk.id}/call-transfer" class="line">
<input type="hidden" name="csrf" value="${csrf}"><label for="to">${t('staff-desk.transfer-to')}</label>
<select id="to" name="to" required data-key="t"><option value="">${t('staff-desk.choose')}</option>!${roles}!${people}</select>
<button>${t('staff-desk.call-pass')}</button><p class="hint">${t('staff-desk.call-hint')}</p></form>`;
}
