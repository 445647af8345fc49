import { html } from 'ghtml';
import type { Instant } from '../../kernel/clock.js';
import type { StaffId } from '../../kernel/ids.js';
import { type CallbackEntry, MOST_ATTEMPTS } from '../../phone-line/callbacks.js';
import { parisTime } from '../account/paris-time.js';
import { clockAt, dateAndHour } from '../diary/rule-words.js';
import type { Word } from '../layout.js';
import { wideTable } from './wide-table.js';

export interface CallbackPageView {
  t: Word;
  csrf: string;
  me: StaffId;
  now: Instant;
  mayAct: boolean;
  callbacks: readonly CallbackEntry[];
  nameOf: (staff: string) => string;
}

const ZONE = 'Europe/Paris';

/** Those whose time ends first stand first. */
export function callbacksView(view: CallbackPageView): string {
  const { t, callbacks } = view;
  const columns = ['window', 'state', 'attempts', 'act'].map((key) => t(`staff-office.callbacks.${key}`));
  const table =
    callbacks.length === 0
      ? html`<p class="fine">${t('staff-office.callbacks.none')}</p>`
      : wideTable(t('staff-office.callbacks.title'), {
          columns,
          rows: callbacks.map((one) => row(view, one)),
        });
  return html`<h1>${t('staff-office.callbacks.title')}</h1><p class="lead">${t('staff-office.callbacks.lead')}</p>
<div data-live>!${table}</div>`;
}

function row(view: CallbackPageView, callback: CallbackEntry): string {
  const { t, now, nameOf } = view;
  const { id, from, to, language, mayLeaveMessage, state, by, attempts } = callback;
  const name = by === null ? '' : nameOf(by);
  const soon = now < from ? 'later' : 'now';
  const marks = [
    ...(language === 'en' ? [t('staff-office.callbacks.english')] : []),
    t(`staff-office.callbacks.message.${mayLeaveMessage ? 'allowed' : 'refused'}`),
  ];
  const tried = attempts.map(
    (attempt) =>
      html`<li>${t(`staff-office.callbacks.attempt.${attemptState(attempt.reached)}`, { name: nameOf(attempt.by), at: parisTime(attempt.at) })}</li>`,
  );
  return html`<tr id="${id}"><th scope="row">${dateAndHour(from, ZONE)} – ${clockAt(to, ZONE)}<br><span class="hint">${marks.join(' · ')}</span></th>
<td><span class="tag ${state === 'open' && soon === 'now' ? 'due' : ''}">${t(`staff-office.callbacks.is.${state === 'open' ? soon : state}`, { name })}</span></td>
<td><span class="hint">${t('staff-office.callbacks.tried', { count: attempts.length, most: MOST_ATTEMPTS })}</span><ul class="plain">!${tried.join('')}</ul></td>
<td>!${view.mayAct ? acts(view, callback) : ''}</td></tr>`;
}

function attemptState(reached: boolean | null): 'under-way' | 'reached' | 'unreached' {
  if (reached === null) return 'under-way';
  return reached ? 'reached' : 'unreached';
}

function acts({ t, csrf, me, now }: CallbackPageView, { id, state, by, from }: CallbackEntry): string {
  const form = (path: string, word: string, more = ''): string =>
    html`<form method="post" action="/console/rappels/${path}"><input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="id" value="${id}">!${more}<button class="${path === 'appeler' || path === 'prendre' ? 'strong' : ''}">${t(`staff-office.callbacks.${word}`)}</button></form>`;
  const ended = (outcome: 'reached' | 'unreached'): string =>
    form('clore', outcome, html`<input type="hidden" name="outcome" value="${outcome}">`);
  if (state === 'open') return html`<div class="acts">!${form('prendre', 'claim')}</div>`;
  if (by !== me) return '';
  const calls = state === 'claimed' && now >= from ? form('appeler', 'call') : '';
  const gives = state === 'claimed' ? form('rendre', 'release') : '';
  return html`<div class="acts">!${calls}!${ended('reached')}!${ended('unreached')}!${gives}</div>`;
}
