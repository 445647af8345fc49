import { html } from 'ghtml';

/** A table that scrolls by itself where the window is narrow, by keyboard too. */
export function wideTable(
  label: string,
  { columns, rows }: { columns: readonly string[]; rows: readonly string[] },
): string {
  const heads = columns.map((column) => html`<th scope="col">${column}</th>`);
  return html`<div class="table" role="region" tabindex="0" aria-label="${label}"><table><thead><tr>!${heads.join('')}</tr></thead>
<tbody>!${rows.join('')}</tbody></table></div>`;
}
