import { html } from 'ghtml';
import type { Presence } from '../../handoff/presence-store.js';
import { HEAVY_ENOUGH, isPaused } from '../../handoff/presences.js';
import type { Instant } from '../../kernel/clock.js';
import type { StaffId } from '../../kernel/ids.js';
import type { Word } from '../layout.js';

/** Who is at the desk; `data-viewing` lets the page show readers beside what they read. */
export function peopleView(t: Word, people: readonly Presence[], now: Instant): string {
  if (people.length === 0) return html`<p id="people" class="people">${t('staff-desk.people-none')}</p>`;
  return html`<ul id="people" class="people" aria-label="${t('staff-desk.people')}">!${people.map((person) =>
    personView(t, person, now),
  )}</ul>`;
}

function personView(t: Word, person: Presence, now: Instant): string {
  const { staff, pseudonym, viewing, heavy } = person;
  const paused = isPaused(person, now);
  const much = heavy >= HEAVY_ENOUGH;
  const state = paused ? html` <em>${t('staff-desk.paused')}</em>` : '';
  const heavyMark = much ? html` <em class="heavy">${t('staff-desk.heavy', { count: heavy })}</em>` : '';
  return html`<li data-staff="${staff}" data-viewing="${viewing ?? ''}" class="${paused ? 'paused' : ''}">${pseudonym}!${state}!${heavyMark}</li>`;
}

/** The strip above the list: one's own name for the shift, the break, and everybody who is there. */
export function shiftView(
  t: Word,
  parts: { csrf: string; me: StaffId; mine: Presence; people: readonly Presence[]; now: Instant },
): string {
  const { csrf, mine, people, now } = parts;
  const token = html`<input type="hidden" name="csrf" value="${csrf}">`;
  const paused = isPaused(mine, now);
  return html`<div class="shift">
!${peopleView(t, people, now)}
<div class="shift-acts">
<form method="post" action="/console/desk/${paused ? 'resume' : 'pause'}">!${token}<button class="quiet">${t(paused ? 'staff-desk.resume' : 'staff-desk.pause')}</button></form>
<button type="button" class="quiet" id="sound" aria-pressed="true" hidden>${t('staff-desk.sound')}</button>
<button type="button" class="quiet" id="keys" hidden>${t('staff-desk.keys')} <kbd>?</kbd></button>
<details class="rename"><summary>${t('staff-desk.name-of-shift', { name: mine.pseudonym })}</summary>
<form method="post" action="/console/desk/name">!${token}
<label for="pseudonym">${t('staff-desk.name')}</label>
<input id="pseudonym" name="pseudonym" value="${mine.pseudonym}" required minlength="2" maxlength="30" autocomplete="off">
<button>${t('staff-desk.name-keep')}</button><p class="hint">${t('staff-desk.name-hint')}</p></form></details>
</div></div>`;
}
