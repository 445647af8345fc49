import { html } from 'ghtml';
import type { FeedPosition } from '../../conversations/change-feed.js';
import { DESK_FILTERS, type DeskFilter, type DeskPage } from '../../handoff/desk-list.js';
import type { ConversationId, StaffId } from '../../kernel/ids.js';
import { beatFrame } from './beat-page.js';
import { type RowView, rowView } from './row-view.js';

/** The whole desk: the list, what is read, what can be done with it. */
export interface DeskFrame {
  view: RowView;
  me: StaffId;
  csrf: string;
  filter: DeskFilter;
  /** Where the changes stood before the list was read. */
  position: FeedPosition;
  viewing?: ConversationId;
}

export function deskFrame(
  frame: DeskFrame,
  parts: { shift: string; list: DeskPage; vital: string; talk: string; panel: string },
): string {
  const { me, csrf, filter, position, viewing, view } = frame;
  const words = { people: view.t('staff-desk.reads'), lost: view.t('staff-desk.lost-connection') };
  return html`<div id="desk" class="desk ${viewing === undefined ? '' : 'reading'}" data-me="${me}" data-csrf="${csrf}"
data-filter="${filter}" data-page="${parts.list.page}" data-position="${position}" data-viewing="${viewing ?? ''}" data-words="${JSON.stringify(words)}">
!${parts.shift}!${beatFrame(view.t('staff-desk.people'))}
<p id="live" class="live" role="status"></p>
<div class="columns">
!${inboxView(frame, parts.list)}
<div class="vital" id="vital">!${parts.vital}</div>
<div class="talk" id="talk">!${parts.talk}</div>
<aside class="panel" id="panel" aria-label="${view.t('staff-desk.panel')}">!${parts.panel}</aside>
</div>
!${cheatSheet(view)}
</div>`;
}

/** The list: the part of the page that is read again after a long absence. */
export function inboxView({ view, filter, viewing }: DeskFrame, list: DeskPage): string {
  const { t } = view;
  const rows = list.rows.map((row) => marked(rowView(view, row), row.conversation === viewing));
  const none = html`<p id="none" class="none" !${rows.length === 0 ? '' : 'hidden'}>${t('console.nobody')}</p>`;
  const level = viewing === undefined ? 'h1' : 'h2';
  return html`<section class="inbox" id="inbox" aria-labelledby="inbox-title">
!${`<${level} id="inbox-title">`}${t('staff-desk.title')}!${`</${level}>`}
<ul class="filters">!${DESK_FILTERS.map((one) => filterLink(view, one, filter))}</ul>
<p class="counts">!${countsView(view, list)}</p>
<ol id="rows" class="rows">!${rows}</ol>!${none}
!${paging(view, filter, list)}
</section>`;
}

const marked = (row: string, current: boolean): string =>
  current ? row.replace('<a ', '<a aria-current="page" ') : row;

const addressOf = (filter: DeskFilter, page = 1): string =>
  `/console?filter=${filter}${page === 1 ? '' : `&page=${page}`}`;

const filterLink = ({ t }: RowView, one: DeskFilter, shown: DeskFilter): string =>
  one === shown
    ? html`<li><a href="${addressOf(one)}" aria-current="true">${t(`staff-desk.filter.${one}`)}</a></li>`
    : html`<li><a href="${addressOf(one)}">${t(`staff-desk.filter.${one}`)}</a></li>`;

const countsView = ({ t }: RowView, { counts }: DeskPage): string =>
  html`${t('staff-desk.counts', {
    danger: counts.alert + counts['owned-alert'],
    queue: counts.queue,
    people: counts.people,
    bot: counts.bot,
  })}`;

function paging({ t }: RowView, filter: DeskFilter, { page, pages, total }: DeskPage): string {
  if (pages === 1) return '';
  const link = (to: number, key: string): string =>
    to < 1 || to > pages ? '' : html`<a href="${addressOf(filter, to)}">${t(key)}</a>`;
  return html`<nav class="paging" aria-label="${t('staff-desk.pages')}">!${link(page - 1, 'staff-desk.page-before')}
<span>${t('staff-desk.page', { page, pages, total })}</span>!${link(page + 1, 'staff-desk.page-after')}</nav>`;
}

const KEYS = ['?', 'j', 'k', 'o', 'g', 'p', 'r', 'n', 't', 'c', 'b', 'Esc'] as const;
const KEY_NAMES: Readonly<Record<(typeof KEYS)[number], string>> = {
  '?': 'help',
  j: 'next',
  k: 'previous',
  o: 'open',
  g: 'list',
  p: 'take',
  r: 'reply',
  n: 'note',
  t: 'transfer',
  c: 'close',
  b: 'back',
  Esc: 'escape',
};

const cheatSheet = ({ t }: RowView): string =>
  html`<dialog id="cheat-sheet" aria-labelledby="cheat-title"><h2 id="cheat-title">${t('staff-desk.keys')}</h2>
<dl>!${KEYS.map((key) => html`<div><dt><kbd>${key}</kbd></dt><dd>${t(`staff-desk.key.${KEY_NAMES[key]}`)}</dd></div>`)}</dl>
<form method="dialog"><button>${t('staff-desk.keys-close')}</button></form></dialog>`;
