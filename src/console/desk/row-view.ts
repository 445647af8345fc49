import { html } from 'ghtml';
import type { Understood } from '../../conversations/understood.js';
import { isOverdue } from '../../handoff/alerts.js';
import { type DeskPlace, type DeskRow, rankOf } from '../../handoff/desk-list.js';
import { academyBySlug, academyOfDepartment } from '../../kernel/academies.js';
import { type Instant, MINUTE } from '../../kernel/clock.js';
import type { StaffId } from '../../kernel/ids.js';
import type { Word } from '../layout.js';

/** What a row is made with: the same for every reader, so that it is made once. */
export interface RowView {
  t: Word;
  now: Instant;
  nameOf: (staff: StaffId) => string;
}

/** Sorts as text: what comes first on the list comes first. */
const ORDER_SHIFT = 1e15;
export const orderOf = (place: DeskPlace): string =>
  `${rankOf(place)}${String(place.order + ORDER_SHIFT).padStart(17, '0')}`;

/** One conversation on the list, whole a link. */
export function rowView(view: RowView, row: DeskRow): string {
  const { t } = view;
  const { head, alert, conversation, place } = row;
  const owner = head?.owner.kind === 'operator' ? head.owner : undefined;
  const overdue = alert !== undefined && isOverdue(alert, view.now);
  const about = describe(t, row.understood);
  return html`<li id="row-${conversation}" class="row is-${place.part}" data-order="${orderOf(place)}" data-part="${place.part}"
data-owner="${owner?.staff ?? ownerOfAlert(row)}" data-offer="${head?.offer?.to ?? ''}" data-seq="${head?.lastSeq ?? 0}" data-overdue="${overdue}">
<a href="/console/conversations/${conversation}">
<span class="what">!${badge(view, row, overdue)}<span class="about">${about === '' ? t('staff-desk.nothing-understood') : about}</span></span>
<span class="meta">${head === undefined ? t('console.erased') : t(`console.channel.${head.channel}`)} · !${since(view, place.since)}!${who(view, row)}</span>
<span class="viewers"></span><span class="unread" hidden>${t('staff-desk.unread')}</span>
</a></li>`;
}

const ownerOfAlert = ({ alert }: DeskRow): string =>
  alert?.state.kind === 'acknowledged' ? alert.state.by : '';

function badge({ t }: RowView, { alert, place }: DeskRow, overdue: boolean): string {
  if (alert === undefined)
    return html`<span class="badge is-${place.part}">${t(`staff-desk.part.${place.part}`)}</span>`;
  const title = t(overdue ? 'staff-desk.danger-overdue' : `staff-desk.part.${place.part}`);
  return html`<span class="badge is-${place.part}">${title}</span><span class="reason">${t(`console.reason.${alert.reason}`)}</span>`;
}

function who({ t, nameOf }: RowView, { head, alert }: DeskRow): string {
  if (head?.owner.kind === 'operator')
    return html` · <span class="by">${t('staff-desk.by', { name: head.owner.pseudonym })}</span>`;
  if (alert?.state.kind !== 'acknowledged') return '';
  return html` · <span class="by">${t('staff-desk.by', { name: nameOf(alert.state.by) })}</span>`;
}

/** What was understood in a few words: need, place, corps. */
export function describe(t: Word, understood: Understood): string {
  const { need, corps } = understood;
  const place = placeName(understood);
  return [
    ...(need === undefined ? [] : [t(`bilan.need.${need}`)]),
    ...(place === undefined ? [] : [place]),
    ...(corps === undefined ? [] : [t(`bilan.corps.${corps}`)]),
  ].join(' · ');
}

export const placeName = ({ academy, department }: Understood): string | undefined =>
  academy === undefined
    ? department && (academyOfDepartment(department)?.name ?? department)
    : (academyBySlug(academy)?.name ?? academy);

/** The page counts on from here. */
export const since = ({ t, now }: Pick<RowView, 't' | 'now'>, start: Instant): string =>
  html`<time datetime="${new Date(start).toISOString()}" data-since="${start}">${t('console.minutes', {
    count: Math.floor(Math.max(0, now - start) / MINUTE),
  })}</time>`;
