import { html } from 'ghtml';
import type { Message } from '../../conversations/conversation.js';
import type { DeskEntry } from '../../handoff/desk.js';
import type { ConversationId } from '../../kernel/ids.js';
import { alertForms, type DeskView } from './desk-view.js';

/** One conversation: what was said, masked, and what may be done. */
export function conversationView(
  view: DeskView,
  id: ConversationId,
  {
    entry,
    messages,
    earlier,
  }: { entry: DeskEntry; messages: readonly Message[]; earlier: readonly Message[] },
): string {
  const { t } = view;
  const alert =
    entry.alert === undefined
      ? ''
      : html`<article class="alert ${entry.alert.state.kind}"><h2>${t('console.alert')} — ${t(`console.reason.${entry.alert.reason}`)}</h2>
<div class="acts">!${alertForms(view, entry.alert)}</div></article>`;
  return html`<p><a href="/console">${t('console.back')}</a></p>
<h1>${t('console.conversation')}</h1>
!${alert}
!${earlierChat(view, earlier)}
<ol class="transcript">!${messages.map((message) => messageView(view, message)).join('')}</ol>
!${actions(view, id, entry)}`;
}

/** What the caller wrote before they phoned, when they keyed the code of their chat. */
function earlierChat(view: DeskView, messages: readonly Message[]): string {
  if (messages.length === 0) return '';
  return html`<details open><summary>${view.t('console.earlier-chat')}</summary>
<ol class="transcript">!${messages.map((message) => messageView(view, message)).join('')}</ol></details>`;
}

const messageView = ({ t }: DeskView, { from, by, text }: Message): string =>
  html`<li class="${from}"><strong>${by ?? t(`console.from.${from}`)}</strong><p>${text}</p></li>`;

function actions(view: DeskView, id: ConversationId, { head }: DeskEntry): string {
  const { t, me } = view;
  if (head === undefined || head.owner.kind === 'closed') return html`<p>${t('console.closed')}</p>`;
  if (head.channel === 'phone') return html`<p>${t('console.by-phone')}</p>!${simpleForm(view, id, 'claim')}`;
  if (head.owner.kind !== 'operator') return simpleForm(view, id, 'claim');
  if (head.owner.staff !== me) return html`<p>${t('console.column.who')} : ${head.owner.pseudonym}</p>`;
  return html`<form method="post" action="/console/conversations/${id}/reply" class="reply">
<input type="hidden" name="csrf" value="${view.csrf}">
<label for="text">${t('console.reply')}</label>
<textarea id="text" name="text" rows="3" required maxlength="4000"></textarea>
<button class="strong">${t('console.send')}</button></form>
<div class="acts">!${simpleForm(view, id, 'hand-back')}!${simpleForm(view, id, 'close')}</div>`;
}

const simpleForm = (
  { t, csrf }: DeskView,
  id: ConversationId,
  act: 'claim' | 'hand-back' | 'close',
): string =>
  html`<form method="post" action="/console/conversations/${id}/${act}"><input type="hidden" name="csrf" value="${csrf}">
<button>${t(`console.${act}`)}</button></form>`;
