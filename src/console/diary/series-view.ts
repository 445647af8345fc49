import { html } from 'ghtml';
import { type AvailabilityRule, MODES } from '../../booking/booking.js';
import type { Diary } from '../../booking/diary-store.js';
import type { Word } from '../layout.js';
import { namesIn } from './calendar-events.js';
import { type FormState, faultSummary, formFields, hiddenFields } from './form-fields.js';
import { longDate, ruleInWords } from './rule-words.js';

const DURATIONS = ['20', '30', '45', '60', '90'];
const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'];

/** All that an opening says. Who and where are chosen once. */
export function seriesView(
  t: Word,
  page: {
    csrf: string;
    diary: Diary;
    rule: AvailabilityRule | undefined;
    mark: string;
    form: FormState;
    title: string;
  },
): string {
  const { csrf, diary, rule, mark, form, title } = page;
  const { input, select, choices } = formFields(t, form);
  const recurs = ['once', 'weekly', 'fortnightly', ...(form.values.recurs === 'other' ? ['other'] : [])];
  const known = form.values.duration ?? '';
  const durations = DURATIONS.includes(known) || known === '' ? DURATIONS : [...DURATIONS, known];
  return html`<h1>${title}</h1>!${rule === undefined ? '' : whoAndWhere(t, diary, rule)}
<form method="post" action="/console/agenda/serie" class="form">!${faultSummary(t, form)}!${hiddenFields({ csrf, mark, rule: rule?.id ?? '' })}
!${rule === undefined ? chooseWho(t, diary, form) : hiddenFields({ site: rule.site, psychologist: rule.psychologist })}
!${choices(
    { name: 'recurs', label: t('staff-diary.field.recurs'), kind: 'radio' },
    recurs.map((value) => ({ value, label: t(`staff-diary.recurs.${value}`) })),
  )}
!${choices(
    { name: 'weekdays', label: t('staff-diary.field.weekdays'), kind: 'checkbox' },
    WEEKDAYS.map((value) => ({ value, label: t(`staff-diary.weekday.${value}`) })),
  )}
<div class="pair">!${input({ name: 'firstDate', label: t('staff-diary.field.first-date'), type: 'date' })}!${input({ name: 'lastDate', label: t('staff-diary.field.last-date'), type: 'date', optional: true, hint: t('staff-diary.hint.no-last-date') })}</div>
<div class="pair">!${input({ name: 'from', label: t('staff-diary.field.from'), type: 'time' })}!${input({ name: 'to', label: t('staff-diary.field.to'), type: 'time' })}</div>
!${choices(
    { name: 'modes', label: t('staff-diary.field.modes'), kind: 'checkbox' },
    MODES.map((value) => ({ value, label: t(`staff-diary.mode.${value}`) })),
  )}
<div class="pair">!${select(
    { name: 'duration', label: t('staff-diary.field.duration') },
    durations.map((value) => ({ value, label: t('staff-diary.minutes', { count: Number(value) }) })),
  )}
!${select(
    { name: 'bufferAfter', label: t('staff-diary.field.buffer') },
    ['0', '5', '10', '15', '30'].map((value) => ({
      value,
      label: t('staff-diary.minutes', { count: Number(value) }),
    })),
  )}</div>
!${choices({ name: 'holidays', label: t('staff-diary.field.holidays'), kind: 'checkbox' }, [{ value: 'works', label: t('staff-diary.field.works-on-holidays') }])}
<div class="acts"><button class="strong">${t('staff-diary.form.save')}</button></div></form>`;
}

function chooseWho(t: Word, diary: Diary, form: FormState): string {
  const { select } = formFields(t, form);
  const people = diary.psychologists.map(({ id, label }) => ({ value: id as string, label }));
  const sites = diary.sites.map(({ id, name }) => ({ value: id as string, label: name }));
  return html`<div class="pair">!${select({ name: 'psychologist', label: t('staff-diary.column.psychologist') }, people)}!${select({ name: 'site', label: t('staff-diary.column.site') }, sites)}</div>`;
}

function whoAndWhere(t: Word, diary: Diary, rule: AvailabilityRule): string {
  const names = namesIn(diary);
  const exceptions = (rule.exceptions ?? []).map(({ date, hours }) =>
    hours === null
      ? t('staff-diary.series.not-on', { date: longDate(date) })
      : t('staff-diary.series.other-hours', { date: longDate(date), from: hours.from, to: hours.to }),
  );
  return html`<p class="lead">${names.psychologist(rule.psychologist)} · ${names.site(rule.site)}</p><p class="hint">${ruleInWords(t, rule)}</p>
!${exceptions.length === 0 ? '' : html`<ul class="lines">!${exceptions.map((line) => html`<li>${line}</li>`).join('')}</ul>`}`;
}
