import { html } from 'ghtml';
import type { Hours } from '../../booking/booking.js';
import type { DatePattern } from '../../booking/recurrence.js';
import type { Word } from '../layout.js';
import { hiddenFields } from './form-fields.js';
import { hour, patternInWords } from './rule-words.js';

interface Away extends DatePattern, Hours {
  id: string;
  mark: string;
}

/** Absences or closures that stand, each with the way to take it back. */
export function awayList(page: { t: Word; csrf: string; remove: string }, entries: readonly Away[]): string {
  const { t, csrf, remove } = page;
  if (entries.length === 0) return html`<p>${t('staff-diary.away.none')}</p>`;
  const ordered = [...entries].sort((a, b) => a.firstDate.localeCompare(b.firstDate));
  const lines = ordered.map((away) => {
    const words = awayInWords(t, away);
    return html`<li><span>${words}</span><form method="post" action="${remove}">!${hiddenFields({ csrf, id: away.id, mark: away.mark })}
<button class="quiet" aria-label="${t('staff-diary.away.remove-this', { which: words })}">${t('staff-diary.away.remove')}</button></form></li>`;
  });
  return html`<ul class="lines">!${lines.join('')}</ul>`;
}

export function awayInWords(t: Word, away: DatePattern & Hours): string {
  const dates = patternInWords(t, away);
  const wholeDay = away.from === '00:00' && away.to === '24:00';
  return wholeDay ? dates : `${dates}, ${hour(away.from)}–${hour(away.to)}`;
}
