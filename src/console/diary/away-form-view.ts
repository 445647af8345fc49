import { html } from 'ghtml';
import type { Hours, Site } from '../../booking/booking.js';
import type { AwayKind } from '../../booking/diary-editor.js';
import type { AffectedBooking } from '../../booking/planning.js';
import type { DatePattern } from '../../booking/recurrence.js';
import type { Word } from '../layout.js';
import { awayInWords } from './away-view.js';
import { type FormState, faultSummary, formFields, hiddenFields } from './form-fields.js';
import { hitTable } from './hit-table.js';

interface AwayPage {
  kind: AwayKind;
  csrf: string;
  owner: { id: string; name: string };
  action: string;
  parameter: string;
  title: string;
}

/** From when to when somebody is away, or a site closed. */
export function awayFormView(t: Word, page: AwayPage & { form: FormState; back: string }): string {
  const { owner, form, csrf, action, parameter, title, back, kind } = page;
  const { input } = formFields(t, form);
  return html`<h1>${title}</h1><p class="lead">${owner.name}</p>
<form method="post" action="${action}" class="form">!${faultSummary(t, form)}!${hiddenFields({ csrf, [parameter]: owner.id })}
<div class="pair">!${input({ name: 'firstDate', label: t('staff-diary.field.first-date'), type: 'date' })}
!${input({ name: 'lastDate', label: t('staff-diary.field.last-date'), type: 'date', optional: true, hint: t('staff-diary.hint.last-date') })}</div>
<div class="pair">!${input({ name: 'from', label: t('staff-diary.field.from'), type: 'time' })}
!${input({ name: 'to', label: t('staff-diary.field.to'), type: 'time', hint: t('staff-diary.hint.whole-day') })}</div>
<p>${t(`staff-diary.${kind}s.before`)}</p>
<div class="acts"><button class="strong">${t('staff-diary.away.look')}</button><a class="button" href="${back}">${t('staff-diary.form.cancel')}</a></div></form>`;
}

/** What it would fall on, before it is saved. */
export function hitsView(
  t: Word,
  page: AwayPage & {
    value: object;
    values: Readonly<Record<string, string>>;
    hits: readonly AffectedBooking[];
    sites: readonly Site[];
  },
): string {
  const { owner, csrf, action, parameter, title, value, values, hits, sites } = page;
  const when = awayInWords(t, value as DatePattern & Hours);
  const fields = { ...values, csrf, [parameter]: owner.id, confirmed: 'yes' };
  return html`<h1>${title}</h1><p class="lead">${owner.name} — ${when}</p>
!${hits.length === 0 ? html`<p>${t('staff-diary.hits.none')}</p>` : hitWarning(t, hits, sites)}
<div class="acts"><form method="post" action="${action}">!${hiddenFields(fields)}<button class="strong">${t('staff-diary.hits.confirm')}</button></form>
<a class="button" href="${action}/nouvelle?${parameter}=${owner.id}">${t('staff-diary.hits.change')}</a></div>`;
}

const hitWarning = (t: Word, hits: readonly AffectedBooking[], sites: readonly Site[]): string =>
  html`<div class="problem" role="alert"><p><strong>${t('staff-diary.hits.some', { count: hits.length })}</strong></p><p>${t('staff-diary.hits.promise')}</p></div>!${hitTable(t, hits, sites)}`;
