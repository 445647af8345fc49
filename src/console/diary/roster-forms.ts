import { html } from 'ghtml';
import type { Word } from '../layout.js';
import { emptyForm, faultSummary, formFields, hiddenFields } from './form-fields.js';
import type { RosterPage } from './roster-view.js';

const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'];

/** Shifts that the form of a temporary schedule has room for. */
export const SHIFT_ROWS = 4;

/** Every week; one change; another roster for a while. */
export function rosterForms(t: Word, page: RosterPage): string {
  return html`<section><h2>${t('staff-roster.add')}</h2>!${faultSummary(t, page.form)}
!${ruleForm(t, page)}!${overrideForm(t, page)}!${temporaryForm(t, page)}</section>`;
}

const stateFor = ({ form }: RosterPage, kind: string) => (form.values.kind === kind ? form : emptyForm);

function shell(
  t: Word,
  { csrf, form }: RosterPage,
  { kind, fields }: { kind: string; fields: string },
): string {
  const open = form.values.kind === kind ? ' open' : '';
  return html`<details!${open}><summary>${t(`staff-roster.kind.${kind}`)}</summary>
<form method="post" action="/console/planning" class="form">!${hiddenFields({ csrf, kind })}!${fields}<button class="strong">${t('staff-diary.form.save')}</button></form></details>`;
}

const options = ({ people }: RosterPage) => people.map(({ id, name }) => ({ value: id, label: name }));

function ruleForm(t: Word, page: RosterPage): string {
  const { values, faults } = stateFor(page, 'rule');
  const { input, select } = formFields(t, {
    values: { from: '09:00', to: '18:00', firstDate: page.today, ...values },
    faults,
    prefix: 'rule',
  });
  const weekdays = WEEKDAYS.map((value) => ({ value, label: t(`staff-diary.weekday.${value}`) }));
  const fields = html`<div class="pair">!${select({ name: 'responder', label: t('staff-roster.person') }, options(page))}!${select({ name: 'weekday', label: t('staff-roster.weekday') }, weekdays)}</div>
<div class="pair">!${input({ name: 'from', label: t('staff-diary.field.from'), type: 'time' })}!${input({ name: 'to', label: t('staff-diary.field.to'), type: 'time' })}</div>
<div class="pair">!${input({ name: 'firstDate', label: t('staff-diary.field.first-date'), type: 'date' })}!${input({ name: 'lastDate', label: t('staff-diary.field.last-date'), type: 'date', optional: true, hint: t('staff-diary.hint.no-last-date') })}</div>`;
  return shell(t, page, { kind: 'rule', fields });
}

function overrideForm(t: Word, page: RosterPage): string {
  const { values, faults } = stateFor(page, 'override');
  const { input, select, choices } = formFields(t, {
    values: { change: 'remove', ...values },
    faults,
    prefix: 'override',
  });
  const changes = (['add', 'remove', 'replace'] as const).map((value) => ({
    value,
    label: t(`staff-roster.change.${value}`),
  }));
  const fields = html`!${select({ name: 'responder', label: t('staff-roster.person') }, options(page))}
!${choices({ name: 'change', label: t('staff-roster.change.label'), kind: 'radio' }, changes)}
!${select({ name: 'by', label: t('staff-roster.by'), hint: t('staff-roster.by-hint') }, options(page))}
<div class="pair">!${input({ name: 'from', label: t('staff-diary.field.from'), type: 'datetime-local' })}!${input({ name: 'to', label: t('staff-diary.field.to'), type: 'datetime-local' })}</div>`;
  return shell(t, page, { kind: 'override', fields });
}

function temporaryForm(t: Word, page: RosterPage): string {
  const { input, select } = formFields(t, { ...stateFor(page, 'temporary'), prefix: 'temporary' });
  const nobody = { value: '', label: t('staff-roster.nobody') };
  const rows = Array.from(
    { length: SHIFT_ROWS },
    (
      _,
      row,
    ) => html`<div class="pair">!${select({ name: `who${row}`, label: t('staff-roster.shift', { number: row + 1 }) }, [nobody, ...options(page)])}
!${input({ name: `from${row}`, label: t('staff-diary.field.from'), type: 'datetime-local', optional: true })}!${input({ name: `to${row}`, label: t('staff-diary.field.to'), type: 'datetime-local', optional: true })}</div>`,
  );
  const fields = html`<p class="hint">${t('staff-roster.temporary-hint')}</p>
<div class="pair">!${input({ name: 'from', label: t('staff-roster.period-from'), type: 'datetime-local' })}!${input({ name: 'to', label: t('staff-roster.period-to'), type: 'datetime-local' })}</div>!${rows.join('')}`;
  return shell(t, page, { kind: 'temporary', fields });
}
