import { html } from 'ghtml';
import type { Message } from '../../conversations/conversation.js';
import type { DeskTranscript } from '../../handoff/desk.js';
import type { Note } from '../../handoff/notes.js';
import type { Instant } from '../../kernel/clock.js';
import type { ConversationId, StaffId } from '../../kernel/ids.js';
import type { CannedAnswer } from './customer-texts.js';
import { describe, type RowView, since } from './row-view.js';

export interface TalkView extends RowView {
  csrf: string;
  me: StaffId;
}

export interface Talk extends DeskTranscript {
  id: ConversationId;
  notes: readonly Note[];
  /** What the caller wrote before they phoned, when they keyed the code of their chat. */
  earlier: readonly Message[];
  canned: readonly CannedAnswer[];
  /** Put into the answer, ready to be changed. */
  draft: string;
}

/** One conversation: who answers, what was said, masked, and the place to answer. */
export function talkView(view: TalkView, talk: Talk): string {
  const { t } = view;
  const { head } = talk.entry;
  if (head === undefined) return html`<h1>${t('console.erased')}</h1><p>${t('staff-desk.erased-note')}</p>`;
  const about = describe(t, talk.understood);
  return html`<p class="back"><a href="/console">${t('console.back')}</a></p>
<h1>${about === '' ? t('console.conversation') : about}</h1>
<p class="meta" id="talk-state">${t(`console.channel.${head.channel}`)} · !${since(view, head.openedAt)} · ${ownerText(view, talk)}</p>
!${earlierChat(view, talk.earlier)}
!${logView(view, talk)}
!${composer(view, talk)}`;
}

function ownerText({ t, me }: TalkView, { entry: { head } }: Talk): string {
  if (head === undefined) return '';
  const { owner } = head;
  if (owner.kind !== 'operator') return t(`staff-desk.owner.${owner.kind}`);
  return owner.staff === me ? t('staff-desk.owner.me') : t('staff-desk.by', { name: owner.pseudonym });
}

function earlierChat(view: TalkView, messages: readonly Message[]): string {
  if (messages.length === 0) return '';
  return html`<details class="earlier"><summary>${view.t('console.earlier-chat')}</summary>
<ol class="transcript">!${messages.map((message) => messageView(view, message))}</ol></details>`;
}

/** Messages and colleagues' notes, by time. */
export function logView(view: TalkView, { messages, notes }: Talk): string {
  const lines = [
    ...messages.map((message) => ({ at: message.at, line: messageView(view, message) })),
    ...notes.map((note) => ({ at: note.at, line: noteView(view, note) })),
  ].sort((a, b) => a.at - b.at);
  return html`<ol class="transcript" id="log" tabindex="0" aria-label="${view.t('staff-desk.transcript')}">!${lines.map(({ line }) => line)}</ol>`;
}

function messageView({ t }: TalkView, { seq, from, by, text, at }: Message): string {
  if (from === 'system')
    return html`<li id="m-${seq}" class="marker"><span>${text}</span> !${clock(at)}</li>`;
  return html`<li id="m-${seq}" class="${from}"><p class="from">${by ?? t(`console.from.${from}`)} !${clock(at)}</p><p class="text">${text}</p></li>`;
}

const noteView = ({ t }: TalkView, { by, text, at }: Note): string =>
  html`<li class="note"><p class="from">${t('staff-desk.note-by', { name: by })} !${clock(at)}</p><p class="text">${text}</p></li>`;

const HOUR = new Intl.DateTimeFormat('fr-FR', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Europe/Paris',
});
const clock = (at: Instant): string =>
  html`<time datetime="${new Date(at).toISOString()}">${HOUR.format(at)}</time>`;

function composer(view: TalkView, talk: Talk): string {
  const { t, csrf, me } = view;
  const { head } = talk.entry;
  if (head?.owner.kind !== 'operator' || head.owner.staff !== me || head.channel === 'phone') return '';
  return html`<form method="post" action="/console/conversations/${talk.id}/reply" class="reply" id="reply-form" data-live>
<input type="hidden" name="csrf" value="${csrf}">
<label for="text">${t('console.reply')}</label>
<textarea id="text" name="text" rows="3" required maxlength="4000" aria-describedby="reply-hint">${talk.draft}</textarea>
<p class="hint" id="reply-hint">${t('staff-desk.reply-hint')}</p>
<div class="acts"><button class="strong">${t('console.send')}</button>!${cannedView(view, talk)}</div></form>`;
}

function cannedView({ t }: TalkView, { id, canned }: Talk): string {
  if (canned.length === 0) return '';
  return html`<details class="canned" id="canned"><summary>${t('staff-desk.canned')}</summary><ul>!${canned.map(
    ({ id: name, title, text }) =>
      html`<li><a href="/console/conversations/${id}?canned=${name}" data-canned="${text}"><strong>${title}</strong> <span>${text}</span></a></li>`,
  )}</ul></details>`;
}
