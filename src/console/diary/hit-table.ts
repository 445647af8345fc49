import { html } from 'ghtml';
import type { Site } from '../../booking/booking.js';
import type { AffectedBooking } from '../../booking/planning.js';
import type { Word } from '../layout.js';
import { dateAndHour } from './rule-words.js';

/** Appointments that an absence or a closure falls on, with the time that is proposed to each. */
export function hitTable(t: Word, hits: readonly AffectedBooking[], sites: readonly Site[]): string {
  const siteOf = new Map(sites.map((site) => [site.id, site]));
  const rows = hits.map(({ site, mode, start, proposed }) => {
    const place = siteOf.get(site);
    const zone = place?.zone ?? 'Europe/Paris';
    return html`<tr><th scope="row">${dateAndHour(start, zone)}</th><td>${place?.name ?? site}</td><td>${t(`staff-diary.mode.${mode}`)}</td>
<td>${proposed === null ? t('staff-diary.hits.no-other') : dateAndHour(proposed.start, zone)}</td></tr>`;
  });
  const columns = ['when', 'site', 'mode', 'proposed'].map(
    (key) => html`<th scope="col">${t(`staff-diary.column.${key}`)}</th>`,
  );
  return html`<div class="table"><table><thead><tr>!${columns.join('')}</tr></thead><tbody>!${rows.join('')}</tbody></table></div>`;
}
