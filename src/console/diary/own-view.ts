import { html } from 'ghtml';
import type { CheckIn, DiaryEntry } from '../../booking/attendance.js';
import { type Absence, ATTENDANCES, type Site } from '../../booking/booking.js';
import { markOf } from '../../booking/diary-mark.js';
import type { Word } from '../layout.js';
import { awayList } from './away-view.js';
import { hiddenFields } from './form-fields.js';
import { clockAt, dateAndHour, longDate } from './rule-words.js';

export type Checked = CheckIn;

export interface OwnDay {
  csrf: string;
  /** ISO date and zone of the psychologist's first site. */
  today: string;
  zone: string;
  sites: readonly Site[];
  known: boolean;
  entries: readonly DiaryEntry[];
  absences: readonly Absence[];
  checked?: Checked;
  address?: string;
}

export function ownDayView(t: Word, day: OwnDay): string {
  const head = html`<h1>${t('staff-own.title')}</h1><p class="lead">${longDate(day.today)}</p>`;
  if (!day.known) return html`!${head}<p class="problem">${t('staff-own.unknown')}</p>`;
  return html`!${head}<section>!${today(t, day)}</section>!${codeSection(t, day)}!${absenceSection(t, day)}!${addressSection(t, day)}`;
}

function today(t: Word, { entries, csrf, zone, sites }: OwnDay): string {
  if (entries.length === 0) return html`<p>${t('staff-own.nothing')}</p>`;
  const zoneOf = new Map(sites.map((site) => [site.id, site.zone]));
  const rows = entries.map((entry) => {
    const place = zoneOf.get(entry.site) ?? zone;
    const time = `${clockAt(entry.start, place)}–${clockAt(entry.end, place)}`;
    return html`<tr><th scope="row">${time}</th><td>${t(`staff-diary.mode.${entry.mode}`)}</td><td>${t('staff-diary.agenda.session', { number: entry.session })}</td><td>!${outcomeForm(t, csrf, { entry, time })}</td></tr>`;
  });
  return html`<div class="table"><table><thead><tr><th scope="col">${t('staff-diary.column.hours')}</th><th scope="col">${t('staff-diary.column.mode')}</th><th scope="col">${t('staff-own.session')}</th><th scope="col">${t('staff-own.outcome')}</th></tr></thead><tbody>!${rows.join('')}</tbody></table></div>`;
}

function outcomeForm(t: Word, csrf: string, { entry, time }: { entry: DiaryEntry; time: string }): string {
  const { booking, attendance } = entry;
  const given = attendance === null ? '' : html`<strong>${t(`staff-own.attendance.${attendance}`)}</strong>`;
  const buttons = (attendance === null ? ATTENDANCES : (['none'] as const)).map(
    (outcome) =>
      html`<button name="outcome" value="${outcome}" aria-label="${t(`staff-own.attendance.${outcome}`)} (${time})">${t(`staff-own.attendance.${outcome}`)}</button>`,
  );
  return html`<form class="acts" method="post" action="/console/mon-agenda/issue">!${hiddenFields({ csrf, booking })}!${given}!${buttons.join('')}</form>`;
}

function codeSection(t: Word, { csrf, sites, checked, zone }: OwnDay): string {
  const places = sites.filter(({ kind }) => kind !== 'telephone');
  if (places.length === 0) return '';
  const options = places.map(({ id, name }) => html`<option value="${id}">${name}</option>`);
  return html`<section><h2>${t('staff-own.code')}</h2><p class="hint">${t('staff-own.code-hint')}</p>!${checked === undefined ? '' : checkedView(t, checked, zone)}
<form method="post" action="/console/mon-agenda/code" class="form">!${hiddenFields({ csrf })}
<div class="pair"><div class="field"><label for="code">${t('staff-own.code-label')}</label><input id="code" name="code" required maxlength="40" inputmode="numeric" autocomplete="off"></div>
<div class="field"><label for="site">${t('staff-diary.column.site')}</label><select id="site" name="site">!${options.join('')}</select></div></div>
<button class="strong">${t('staff-own.check')}</button></form></section>`;
}

function checkedView(t: Word, checked: Checked, zone: string): string {
  if (checked.kind === 'expected') {
    const { start, session } = checked.entry;
    return html`<p class="fine" role="status">${t('staff-own.expected', { time: clockAt(start, zone), session })}</p>`;
  }
  if (checked.kind === 'elsewhere') {
    const { start, site } = checked.booking;
    return html`<p class="problem" role="status">${t('staff-own.elsewhere', { when: dateAndHour(start, site.zone), site: site.name })}</p>`;
  }
  return html`<p class="problem" role="status">${t('staff-own.not-found')}</p>`;
}

const absenceSection = (t: Word, { csrf, absences }: OwnDay): string =>
  html`<section><div class="head"><h2>${t('staff-own.absences')}</h2><a class="button" href="/console/mes-absences/nouvelle">${t('staff-diary.absences.new')}</a></div>
!${awayList(
    { t, csrf, remove: '/console/mes-absences/retirer' },
    absences.map((absence) => ({ ...absence, mark: markOf(absence) })),
  )}</section>`;

function addressSection(t: Word, { csrf, address }: OwnDay): string {
  const shown =
    address === undefined
      ? ''
      : html`<p class="fine" role="status">${t('staff-own.address-once')}<br><code class="address">${address}</code></p>`;
  return html`<section><h2>${t('staff-own.address')}</h2><p class="hint">${t('staff-own.address-hint')}</p>!${shown}
<div class="acts"><form method="post" action="/console/mon-agenda/adresse">!${hiddenFields({ csrf })}<button>${t('staff-own.address-make')}</button></form>
<form method="post" action="/console/mon-agenda/adresse/revoquer">!${hiddenFields({ csrf })}<button class="quiet">${t('staff-own.address-revoke')}</button></form></div></section>`;
}
