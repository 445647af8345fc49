import { html } from 'ghtml';
import type { Psychologist } from '../../booking/booking.js';
import { columnNames, SHEET_KINDS, type SheetKind } from '../../booking/diary-columns.js';
import type { RowError } from '../../booking/diary-import.js';
import type { Instant } from '../../kernel/clock.js';
import type { Word } from '../layout.js';
import { diaryNav } from './diary-nav.js';
import { formFields, hiddenFields } from './form-fields.js';
import { dateAndHour } from './rule-words.js';

interface SheetPreview {
  kind: SheetKind;
  accepted: number;
  errors: readonly RowError[];
}
interface CalendarPreview {
  kind: 'calendar';
  name: string;
  times: readonly { from: Instant; to: Instant }[];
}
export type ImportPreview = SheetPreview | CalendarPreview;

const LONGEST = 500_000;

export function importView(
  t: Word,
  page: {
    csrf: string;
    psychologists: readonly Psychologist[];
    values: Readonly<Record<string, string>>;
    fault?: string;
  },
): string {
  const { csrf, psychologists, values, fault } = page;
  const { select } = formFields(t, { values, faults: [] });
  const kinds = [...SHEET_KINDS, 'calendar'].map((value) => ({
    value,
    label: t(`staff-import.kind.${value}`),
  }));
  const people = [
    { value: '', label: '—' },
    ...psychologists.map(({ id, label }) => ({ value: id as string, label })),
  ];
  const columns = SHEET_KINDS.map(
    (kind) =>
      html`<li><span><strong>${t(`staff-import.kind.${kind}`)}</strong><br><code>${columnNames(kind).join(', ')}</code></span></li>`,
  );
  return html`!${diaryNav(t, 'import')}<h1>${t('staff-import.title')}</h1><p class="hint">${t('staff-import.lead')}</p>
<form method="post" action="/console/import" class="form">!${hiddenFields({ csrf })}
!${fault === undefined ? '' : html`<p class="problem" role="alert">${fault}</p>`}
!${select({ name: 'kind', label: t('staff-import.what') }, kinds)}
!${select({ name: 'psychologist', label: t('staff-import.whose'), hint: t('staff-import.whose-hint') }, people)}
<div class="field" id="file-field" hidden><label for="file">${t('staff-import.file')}</label><input id="file" type="file" accept=".csv,.json,.ics,.txt" aria-describedby="file-hint"><span class="hint" id="file-hint">${t('staff-import.file-hint')}</span></div>
<div class="field"><label for="text">${t('staff-import.text')}</label><textarea id="text" name="text" rows="10" required maxlength="${LONGEST}" spellcheck="false">${values.text ?? ''}</textarea></div>
<button class="strong">${t('staff-import.look')}</button></form>
<section><h2>${t('staff-import.columns')}</h2><p class="hint">${t('staff-import.columns-hint')}</p><ul class="lines">!${columns.join('')}</ul></section>`;
}

/** What the file would do, line by line where it cannot. */
export function previewView(
  t: Word,
  page: { csrf: string; values: Readonly<Record<string, string>>; preview: ImportPreview },
): string {
  const { csrf, values, preview } = page;
  const { kind = '', text = '', psychologist = '' } = values;
  const fields = { csrf, kind, text, psychologist };
  const good = !('errors' in preview) || preview.errors.length === 0;
  const confirm = good
    ? html`<form method="post" action="/console/import">!${hiddenFields({ ...fields, confirmed: 'yes' })}<button class="strong">${t('staff-import.confirm')}</button></form>`
    : '';
  return html`!${diaryNav(t, 'import')}<h1>${t('staff-import.title')}</h1>
!${'errors' in preview ? sheetPreview(t, preview) : calendarPreview(t, preview)}
<div class="acts">!${confirm}<a class="button" href="/console/import">${t('staff-import.again')}</a></div>`;
}

function sheetPreview(t: Word, { kind, accepted, errors }: SheetPreview): string {
  const what = t(`staff-import.kind.${kind}`);
  if (errors.length === 0)
    return html`<p class="fine" role="status">${t('staff-import.good', { count: accepted, what })}</p>`;
  const rows = errors.map(
    ({ line, field, fault, expected }) =>
      html`<tr><th scope="row">${line}</th><td><code>${field}</code></td><td>${t(`staff-import.fault.${fault}`, { expected })}</td></tr>`,
  );
  return html`<div class="problem" role="alert"><p><strong>${t('staff-import.bad', { count: errors.length })}</strong></p><p>${t('staff-import.nothing', { count: accepted })}</p></div>
<div class="table"><table><thead><tr><th scope="col">${t('staff-import.line')}</th><th scope="col">${t('staff-import.column')}</th><th scope="col">${t('staff-import.what-to-do')}</th></tr></thead><tbody>!${rows.join('')}</tbody></table></div>`;
}

const SHOWN_TIMES = 10;
const calendarPreview = (t: Word, { name, times }: CalendarPreview): string =>
  html`<p class="fine" role="status">${t('staff-import.busy', { count: times.length, name })}</p>
<ul class="lines">!${times
    .slice(0, SHOWN_TIMES)
    .map(({ from }) => html`<li>${dateAndHour(from, 'Europe/Paris')}</li>`)
    .join('')}</ul>`;
