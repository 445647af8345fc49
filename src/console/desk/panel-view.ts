import { html } from 'ghtml';
import { HAND_BACKS } from '../../conversations/conversation.js';
import { ORIENTATIONS, OUTCOMES } from '../../handoff/outcome.js';
import type { Presence } from '../../handoff/presence-store.js';
import { liveOffer } from '../../handoff/transfers.js';
import type { StaffId } from '../../kernel/ids.js';
import type { Talk as CallTalk } from '../../phone-line/phone-line.js';
import { callView } from './call-view.js';
import type { Talk, TalkView } from './conversation-view.js';
import { describe } from './row-view.js';
import { type ToolState, toolsView } from './tool-view.js';
import type { VitalParts } from './vital-view.js';

export interface PanelParts {
  talk: Talk;
  vital: VitalParts | undefined;
  /** Who could take over. */
  colleagues: readonly Presence[];
  psychologists: ReadonlySet<StaffId>;
  /** When the conversation is a call that somebody has. */
  call: CallTalk | undefined;
  tool: ToolState | undefined;
  /** Whether they may book and send cards from here. */
  tools: boolean;
  /** What the caller on the phone is to be told, once. */
  say: string;
}

/** What can be done with a conversation, the most pressing first. */
export function panelView(view: TalkView, parts: PanelParts): string {
  return html`!${actsView(view, parts)}
!${understoodView(view, parts.talk)}
!${parts.tools && helps(view, parts) ? toolsView(view, parts.talk, parts.tool, parts.say) : ''}
!${noteForm(view, parts.talk)}`;
}

/** One helps in writing what is one's own, and on the phone whoever one speaks to. */
const helps = ({ me }: TalkView, { talk }: PanelParts): boolean => {
  const { head } = talk.entry;
  if (head === undefined || head.owner.kind === 'closed') return false;
  return head.channel === 'phone' || (head.owner.kind === 'operator' && head.owner.staff === me);
};

const tokenOf = ({ csrf }: TalkView): string => html`<input type="hidden" name="csrf" value="${csrf}">`;

function actsView(view: TalkView, parts: PanelParts): string {
  const { t, me, now } = view;
  const { head } = parts.talk.entry;
  if (head === undefined) return '';
  const title = html`<h2 id="acts-title">${t('staff-desk.acts')}</h2>`;
  const section = (content: string): string =>
    html`<section aria-labelledby="acts-title">!${title}!${content}</section>`;
  const { owner } = head;
  if (owner.kind === 'closed') return section(html`<p>${t('console.closed')}</p>`);
  if (head.channel === 'phone') return section(callView(view, parts));
  const offer = liveOffer(head, now);
  if (offer?.to === me) return section(offeredToMe(view, parts));
  // The card of an alert that nobody has takes the conversation too.
  if (owner.kind !== 'operator' && parts.vital?.alert.state.kind === 'open') return '';
  if (owner.kind !== 'operator') return section(act(view, parts, { act: 'claim', strong: true }));
  if (owner.staff !== me) return section(html`<p>${t('staff-desk.taken', { name: owner.pseudonym })}</p>`);
  return section(mine(view, parts));
}

const act = (
  view: TalkView,
  { talk }: PanelParts,
  { act: name, strong = false }: { act: 'claim' | 'accept' | 'decline'; strong?: boolean },
): string =>
  html`<form method="post" action="/console/conversations/${talk.id}/${name}">!${tokenOf(view)}
<button class="${strong ? 'strong' : ''}" data-key="${name === 'decline' ? '' : 'p'}">${view.t(`staff-desk.act.${name}`)}</button></form>`;

const offeredToMe = (view: TalkView, parts: PanelParts): string =>
  html`<p class="offered">${view.t('staff-desk.offered')}</p><div class="acts">!${act(view, parts, { act: 'accept', strong: true })}!${act(view, parts, { act: 'decline' })}</div>`;

function mine(view: TalkView, parts: PanelParts): string {
  const danger = parts.vital !== undefined;
  const blocked = html`<p class="hint">${view.t('staff-desk.danger-first')}</p>`;
  return html`!${transferForm(view, parts)}!${danger ? blocked : handBackForm(view, parts)}!${danger ? '' : closeForm(view, parts)}`;
}

function transferForm(view: TalkView, { talk, colleagues, psychologists }: PanelParts): string {
  const { t, me, now, nameOf } = view;
  const { head } = talk.entry;
  const offer = head && liveOffer(head, now);
  if (offer !== undefined)
    return html`<form method="post" action="/console/conversations/${talk.id}/decline">!${tokenOf(view)}
<p>${t('staff-desk.waiting-for', { name: nameOf(offer.to) })}</p><button>${t('staff-desk.take-back')}</button></form>`;
  const others = colleagues.filter(({ staff }) => staff !== me);
  if (others.length === 0) return html`<p class="hint">${t('staff-desk.no-colleague')}</p>`;
  return html`<form method="post" action="/console/conversations/${talk.id}/offer" class="line">!${tokenOf(view)}
<label for="to">${t('staff-desk.transfer-to')}</label>
<select id="to" name="to" required data-key="t"><option value="">${t('staff-desk.choose')}</option>!${others.map(
    ({ staff, pseudonym }) =>
      html`<option value="${staff}">${psychologists.has(staff) ? t('staff-desk.psychologist', { name: pseudonym }) : pseudonym}</option>`,
  )}</select><button>${t('staff-desk.transfer')}</button></form>`;
}

const handBackForm = (view: TalkView, { talk }: PanelParts): string =>
  html`<form method="post" action="/console/conversations/${talk.id}/hand-back" class="line">!${tokenOf(view)}
<label for="next">${view.t('staff-desk.hand-back-for')}</label>
<select id="next" name="next" data-key="b">!${HAND_BACKS.map(
    (next) => html`<option value="${next}">${view.t(`staff-desk.next.${next}`)}</option>`,
  )}</select><button>${view.t('console.hand-back')}</button></form>`;

function closeForm(view: TalkView, { talk }: PanelParts): string {
  const { t } = view;
  const choices = (name: string, key: string, codes: readonly string[]): string =>
    html`<label for="${name}">${t(`staff-desk.${name}`)}</label>
<select id="${name}" name="${name}" required!${name === 'outcome' ? ' data-key="c"' : ''}><option value="">${t('staff-desk.choose')}</option>!${codes.map(
      (code) => html`<option value="${code}">${t(`bilan.${key}.${code}`)}</option>`,
    )}</select>`;
  return html`<form method="post" action="/console/conversations/${talk.id}/close" class="close-form">!${tokenOf(view)}
!${choices('outcome', 'outcome', OUTCOMES)}!${choices('orientation', 'orientation', ORIENTATIONS)}
<button>${t('console.close')}</button></form>`;
}

/** What the bot has understood, how sure it was, and from which words. */
function understoodView(view: TalkView, { understood }: Talk): string {
  const { t } = view;
  const about = describe(t, understood);
  const { confidence, also = [], seq } = understood;
  const sure =
    confidence === undefined
      ? ''
      : html`<p>${t('staff-desk.sure', { percent: Math.round(confidence * 100) })}</p>`;
  const beside =
    also.length === 0
      ? ''
      : html`<p>${t('staff-desk.also', { needs: also.map((need) => t(`bilan.need.${need}`)).join(', ') })}</p>`;
  const from = seq === undefined ? '' : html`<p><a href="#m-${seq}">${t('staff-desk.from-words')}</a></p>`;
  return html`<section aria-labelledby="understood-title"><h2 id="understood-title">${t('staff-desk.understood')}</h2>
<p>${about === '' ? t('staff-desk.nothing-understood') : about}</p>!${sure}!${beside}!${from}</section>`;
}

function noteForm(view: TalkView, { id, entry }: Talk): string {
  if (entry.head === undefined) return '';
  return html`<section aria-labelledby="note-title"><h2 id="note-title">${view.t('staff-desk.notes')}</h2>
<form method="post" action="/console/conversations/${id}/note" data-live>!${tokenOf(view)}
<label for="note">${view.t('staff-desk.note')}</label>
<textarea id="note" name="text" rows="2" required maxlength="2000"></textarea>
<button>${view.t('staff-desk.note-keep')}</button></form></section>`;
}
