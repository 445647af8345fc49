import { html } from 'ghtml';
import type { DiaryEntry } from '../../booking/diary-store.js';
import type { Word } from '../layout.js';
import { hiddenFields } from './form-fields.js';

/** Both versions side by side, and the way to go on with either. */
export function conflictView(
  t: Word,
  versions: {
    stored: readonly [label: string, value: string][] | null;
    wanted: readonly [label: string, value: string][];
    /** The form that writes the wanted version over the one that stands now; none where nothing stands. */
    again: { action: string; fields: Readonly<Record<string, string>> } | undefined;
    /** The page that shows what stands. */
    back: string;
  },
): string {
  const { stored, wanted, again, back } = versions;
  const theirs = new Map(stored ?? []);
  const rows = wanted.map(([label, mine]) => {
    const other = theirs.get(label) ?? '—';
    const mark = other === mine ? '' : ' class="differs"';
    return html`<tr!${mark}><th scope="row">${label}</th><td>${other}</td><td>${mine}</td></tr>`;
  });
  const gone = stored === null ? html`<p>${t('staff-diary.conflict.gone')}</p>` : '';
  const mine =
    again === undefined
      ? ''
      : html`<form method="post" action="${again.action}">!${hiddenFields(again.fields)}<button>${t('staff-diary.conflict.mine')}</button></form>`;
  return html`<h1>${t('staff-diary.conflict.title')}</h1>
<p class="problem" role="alert">${t('staff-diary.conflict.text')}</p>!${gone}
<div class="table"><table><thead><tr><th scope="col">${t('staff-diary.conflict.what')}</th><th scope="col">${t('staff-diary.conflict.stored')}</th><th scope="col">${t('staff-diary.conflict.yours')}</th></tr></thead>
<tbody>!${rows.join('')}</tbody></table></div>
<div class="acts">!${mine}
<a class="button" href="${back}">${t('staff-diary.conflict.theirs')}</a></div>`;
}

/** What a version says, for the comparison. */
export const described = (
  t: Word,
  entry: DiaryEntry,
  fields: readonly string[],
): [label: string, value: string][] =>
  fields.map((name) => [
    t(`staff-diary.field.${name}`),
    String((entry as unknown as Record<string, unknown>)[name] ?? ''),
  ]);
