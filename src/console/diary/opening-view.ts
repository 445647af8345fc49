import { html } from 'ghtml';
import type { AvailabilityRule, Booking, Site } from '../../booking/booking.js';
import type { Word } from '../layout.js';
import { address } from './addresses.js';
import { type FormState, faultSummary, formFields, hiddenFields } from './form-fields.js';
import { dateAndHour, longDate, ruleInWords } from './rule-words.js';

/** The form of one occurrence. */
export function openingView(
  t: Word,
  page: {
    csrf: string;
    rule: AvailabilityRule;
    mark: string;
    site: string;
    psychologist: string;
    form: FormState;
  },
): string {
  const { csrf, rule, mark, site, psychologist, form } = page;
  const { input, choices } = formFields(t, form);
  const date = form.values.date ?? '';
  const recurs = rule.recurrence.kind !== 'once';
  const scopes = (['once', 'onwards'] as const).map((value) => ({
    value,
    label: t(`staff-diary.scope.${value}`, { date: longDate(date) }),
  }));
  const series = address('/console/agenda/serie', { site: rule.site, rule: rule.id });
  return html`<h1>${t('staff-diary.opening.title')}</h1>
<p class="lead">${psychologist} · ${site}<br>${longDate(date)}</p><p class="hint">${ruleInWords(t, rule)}</p>
<form method="post" action="/console/agenda/ouverture" class="form">!${faultSummary(t, form)}!${hiddenFields({ csrf, mark, site: rule.site, rule: rule.id, date })}
!${input({ name: 'toDate', label: t('staff-diary.field.day'), type: 'date' })}
<div class="pair">!${input({ name: 'from', label: t('staff-diary.field.from'), type: 'time' })}!${input({ name: 'to', label: t('staff-diary.field.to'), type: 'time' })}</div>
!${recurs ? choices({ name: 'scope', label: t('staff-diary.scope.label'), kind: 'radio' }, scopes) : ''}
<div class="acts"><button class="strong" name="act" value="move">${t('staff-diary.form.save')}</button>
<button name="act" value="remove">${t('staff-diary.opening.remove')}</button><a href="${series}">${t('staff-diary.opening.series')}</a></div></form>`;
}

/** Appointments that would stand outside every opening; they keep their time. */
export function uncoveredView(
  t: Word,
  page: {
    action: string;
    hits: readonly Booking[];
    sites: readonly Site[];
    fields: Readonly<Record<string, string>>;
    back: string;
  },
): string {
  const { action, hits, sites, fields, back } = page;
  const siteOf = new Map(sites.map((site) => [site.id, site]));
  const lines = hits.map(({ site, mode, start }) => {
    const place = siteOf.get(site);
    return html`<li>${dateAndHour(start, place?.zone ?? 'Europe/Paris')} · ${place?.name ?? site} · ${t(`staff-diary.mode.${mode}`)}</li>`;
  });
  return html`<h1>${t('staff-diary.opening.title')}</h1>
<div class="problem" role="alert"><p><strong>${t('staff-diary.opening.booked', { count: hits.length })}</strong></p><p>${t('staff-diary.opening.keep')}</p></div>
<ul class="lines">!${lines.join('')}</ul>
<div class="acts"><form method="post" action="${action}">!${hiddenFields(fields)}<button class="strong">${t('staff-diary.opening.anyway')}</button></form>
<a class="button" href="${back}">${t('staff-diary.form.cancel')}</a></div>`;
}
