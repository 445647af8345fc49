import { html } from 'ghtml';
import type { HoursEntry } from '../../opening-hours/hours-editor.js';
import type { HoursEdit } from '../../opening-hours/hours-store.js';
import { type HoursKey, LINE_SERVICES, TERRITORIES, WEEKDAYS } from '../../opening-hours/opening-hours.js';
import { parisTime } from '../account/paris-time.js';
import { address } from '../diary/addresses.js';
import { type FormState, faultSummary, formFields, hiddenFields } from '../diary/form-fields.js';
import type { Word } from '../layout.js';
import { exceptionInWords, weekInWords } from './hours-words.js';
import { territoryName, ZONES } from './territories.js';
import { wideTable } from './wide-table.js';

export const entryAddress = ({ service, territory }: HoursKey): string =>
  address('/console/horaires/entree', { service, territory });

const plainList = (lines: readonly string[]): string =>
  html`<ul class="plain">!${lines.map((line) => html`<li>${line}</li>`).join('')}</ul>`;

/** Who answers when, service by service, the whole country first. */
export function hoursListView(t: Word, nav: string, entries: readonly HoursEntry[]): string {
  const rows = LINE_SERVICES.flatMap((service) =>
    entries
      .filter((entry) => entry.service === service && entry.hours !== null)
      .sort((a, b) => TERRITORIES.indexOf(a.territory) - TERRITORIES.indexOf(b.territory)),
  ).map(({ hours, ...key }) => {
    const week = hours === null ? [] : weekInWords(t, hours.weekly);
    const exceptions = hours?.exceptions.length ?? 0;
    const state = hours?.weekly === null ? html`<span class="tag stale">${week[0]}</span>` : plainList(week);
    return html`<tr><th scope="row"><a href="${entryAddress(key)}">${t(`staff-office.hours.service.${key.service}`)}</a></th>
<td>${territoryName(t, key.territory)}</td><td>!${state}</td><td class="number">${exceptions}</td></tr>`;
  });
  const columns = ['who', 'territory', 'week', 'exceptions'].map((key) => t(`staff-office.hours.${key}`));
  return html`!${nav}<h1>${t('staff-office.hours.title')}</h1><p class="lead">${t('staff-office.hours.lead')}</p>
!${wideTable(t('staff-office.hours.title'), { columns, rows })}
!${otherTerritory(t)}`;
}

function otherTerritory(t: Word): string {
  const { select } = formFields(t, { values: {}, faults: [] });
  const services = LINE_SERVICES.map((value) => ({ value, label: t(`staff-office.hours.service.${value}`) }));
  const territories = TERRITORIES.filter((value) => value !== 'national').map((value) => ({
    value,
    label: territoryName(t, value),
  }));
  return html`<section><h2>${t('staff-office.hours.other')}</h2><form action="/console/horaires/entree" class="form">
<div class="pair">!${select({ name: 'service', label: t('staff-office.hours.who') }, services)}
!${select({ name: 'territory', label: t('staff-office.hours.territory') }, territories)}</div>
<button>${t('staff-office.hours.open-form')}</button></form></section>`;
}

export interface HoursPageView {
  t: Word;
  csrf: string;
  nav: string;
  /** `version` 0 and no hours: the wider territory answers. */
  entry: HoursEntry;
  form: FormState;
  /** What the form of a closure brought, when it could not be taken. */
  exceptionForm: FormState;
  history: readonly HoursEdit[];
  nameOf: (staff: string) => string;
}

export function hoursView(page: HoursPageView): string {
  const { t, entry, form, nav } = page;
  const { input, select, choices } = formFields(t, form);
  const of = (group: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`staff-office.hours.${group}.${value}`) }));
  const days = WEEKDAYS.map((name, index) =>
    input({ name, label: t(`staff-diary.weekday.${index + 1}`), optional: true, most: 120 }),
  );
  const none = entry.hours === null ? html`<p class="fine">${t('staff-office.hours.wider')}</p>` : '';
  return html`!${nav}<h1>${t(`staff-office.hours.service.${entry.service}`)}</h1>
<p class="lead">${territoryName(t, entry.territory)}</p>!${none}
<form method="post" action="/console/horaires/entree" class="form">!${faultSummary(t, form)}!${hiddenFields(fieldsOf(page))}
!${choices({ name: 'mode', label: t('staff-office.hours.when'), kind: 'radio' }, of('mode', ['week', 'always', 'unknown']))}
<p class="hint">${t('staff-office.hours.hint')}</p><div class="weekdays">!${days.join('')}</div>
!${choices({ name: 'holidays', label: t('staff-office.hours.holidays'), kind: 'radio' }, of('on-holidays', ['closed', 'as-usual']))}
!${select(
    { name: 'zone', label: t('staff-office.hours.zone') },
    ZONES.map((zone) => ({ value: zone, label: zone })),
  )}
<button class="strong">${t('staff-diary.form.save')}</button></form>
!${entry.hours === null ? '' : exceptionsOf(page)}!${historyOf(page)}`;
}

/** What every form of this page says of what it was made from. */
const fieldsOf = ({ csrf, entry }: HoursPageView): Record<string, string> => ({
  csrf,
  service: entry.service,
  territory: entry.territory,
  version: String(entry.version),
});

function exceptionsOf(page: HoursPageView): string {
  const { t, entry, exceptionForm } = page;
  const { input } = formFields(t, { ...exceptionForm, prefix: 'exception' });
  const fields = hiddenFields(fieldsOf(page));
  const lines = (entry.hours?.exceptions ?? []).map((exception, index) => {
    const words = exceptionInWords(t, exception);
    return html`<li><span>${words}</span><form method="post" action="/console/horaires/exception/retirer">!${fields}<input type="hidden" name="index" value="${index}">
<button class="quiet" aria-label="${t('staff-office.remove-named', { name: words })}">${t('staff-office.remove')}</button></form></li>`;
  });
  const list =
    lines.length === 0
      ? html`<p>${t('staff-office.hours.no-exceptions')}</p>`
      : html`<ul class="lines">!${lines.join('')}</ul>`;
  return html`<section><h2>${t('staff-office.hours.exceptions')}</h2>!${list}
<form method="post" action="/console/horaires/exception" class="form">!${faultSummary(t, exceptionForm)}!${fields}
<div class="pair">!${input({ name: 'from', label: t('staff-office.hours.first-day'), type: 'date' })}!${input({ name: 'to', label: t('staff-office.hours.last-day'), type: 'date' })}</div>
!${input({ name: 'hours', label: t('staff-office.hours.these-days'), hint: t('staff-office.hours.these-days-hint'), optional: true, most: 120 })}
<button>${t('staff-office.hours.add-exception')}</button></form></section>`;
}

function historyOf(page: HoursPageView): string {
  const { t, entry, history, nameOf } = page;
  if (history.length === 0) return '';
  const fields = hiddenFields(fieldsOf(page));
  const rows = history.map(({ version, hours, editedAt, editedBy }) => {
    const back =
      version === entry.version || hours === null
        ? ''
        : html`<form method="post" action="/console/horaires/revenir">!${fields}<input type="hidden" name="to" value="${version}">
<button class="quiet" aria-label="${t('staff-office.revert-named', { version })}">${t('staff-office.revert')}</button></form>`;
    const said =
      hours === null
        ? [t('staff-office.hours.taken-away')]
        : [...weekInWords(t, hours.weekly), ...hours.exceptions.map((one) => exceptionInWords(t, one))];
    return html`<tr><th scope="row" class="number">${version}</th><td>${parisTime(editedAt)}</td><td>${nameOf(editedBy)}</td><td>!${plainList(said)}</td><td>!${back}</td></tr>`;
  });
  const columns = ['version', 'when', 'who', 'what', 'act'].map((key) => t(`staff-office.history.${key}`));
  const away =
    entry.hours === null || entry.territory === 'national'
      ? ''
      : html`<form method="post" action="/console/horaires/retirer">!${fields}<button>${t('staff-office.hours.take-away')}</button></form>`;
  return html`<section><h2>${t('staff-office.history.title')}</h2>
!${wideTable(t('staff-office.history.title'), { columns, rows })}<div class="acts">!${away}</div></section>`;
}
