import { play } from './desk-sound.js';

/** Rows a page of the list holds. */
const PAGE_SIZE = 50;
const KEPT = 'desk-read';
const COUNT_EVERY_MS = 15_000;
const MINUTE_MS = 60_000;
const title = document.title;

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('#rows > .row')];
const rowOf = (id: string): HTMLElement | null => document.getElementById(`row-${id}`);

/** Puts one row where it belongs; '' takes it away. */
export function placeRow(desk: HTMLElement, id: string, html: string): void {
  const list = document.getElementById('rows');
  if (list === null) return;
  const before = rowOf(id);
  const row = parse(html);
  announce(desk, before, row);
  if (row === undefined || !belongs(desk, row, before)) before?.remove();
  else insert(list, row, before);
  const none = document.getElementById('none');
  if (none !== null) none.hidden = list.childElementCount > 0;
  markUnread(desk);
}

function parse(html: string): HTMLElement | undefined {
  const parsed = new DOMParser().parseFromString(`<ol>${html}</ol>`, 'text/html');
  return parsed.querySelector<HTMLElement>('.row') ?? undefined;
}

/** The later pages of a list only follow what they show. */
function belongs(desk: HTMLElement, row: HTMLElement, before: HTMLElement | null): boolean {
  if (desk.dataset.page !== '1' && before === null) return false;
  const { part, owner, offer } = row.dataset;
  if (desk.dataset.filter === 'waiting') return part === 'alert' || part === 'queue';
  if (desk.dataset.filter === 'mine') return owner === desk.dataset.me || offer === desk.dataset.me;
  return true;
}

function insert(list: HTMLElement, row: HTMLElement, before: HTMLElement | null): void {
  if (before?.isEqualNode(row)) return;
  const focused = before?.contains(document.activeElement) === true;
  const order = row.dataset.order ?? '';
  const next = rows().find((other) => other !== before && (other.dataset.order ?? '') > order);
  before?.remove();
  list.insertBefore(row, next ?? null);
  while (list.childElementCount > PAGE_SIZE) list.lastElementChild?.remove();
  if (focused) row.querySelector('a')?.focus();
}

/** Danger sounds when it is new, and again when nobody has answered it. */
function announce(desk: HTMLElement, before: HTMLElement | null, row: HTMLElement | undefined): void {
  if (row === undefined) return;
  const { part, overdue, offer } = row.dataset;
  const was = before?.dataset;
  if (part === 'alert' && (was?.part !== 'alert' || (overdue === 'true' && was.overdue !== 'true')))
    play('danger');
  else if (offer === desk.dataset.me && was?.offer !== offer) play('mine');
  else if (part === 'queue' && was?.part !== 'queue') play('waiting');
  else if (
    row.dataset.owner === desk.dataset.me &&
    Number(row.dataset.seq) > Number(was?.seq ?? 0) &&
    document.hidden
  )
    play('mine');
}

function readMarks(): Record<string, number> {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') as Record<string, number>;
  } catch {
    return {};
  }
}

/** New is what one has not looked at: waiting people, and one's own conversations. */
export function markUnread(desk: HTMLElement): void {
  const marks = readMarks();
  const viewing = desk.dataset.viewing ?? '';
  const open = viewing === '' || document.hidden ? null : rowOf(viewing);
  if (open !== null) marks[viewing] = Number(open.dataset.seq);
  const shown = rows();
  const unread = shown.filter((row) => markRow(desk, row, marks[idOf(row)] ?? 0)).length;
  const kept = shown.map((row) => [idOf(row), marks[idOf(row)]]).filter(([, seen]) => seen !== undefined);
  sessionStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(kept)));
  const alerts = shown.filter(({ dataset }) => dataset.part === 'alert').length;
  const news = unread > 0 ? `(${unread}) ` : '';
  document.title = alerts > 0 ? `⚠ ${alerts} · ${news}${title}` : `${news}${title}`;
}

const idOf = (row: HTMLElement): string => row.id.slice('row-'.length);

/** @returns whether it is new */
function markRow(desk: HTMLElement, row: HTMLElement, seen: number): boolean {
  const { part, owner, seq } = row.dataset;
  const counts = part === 'alert' || part === 'queue' || owner === desk.dataset.me;
  const isNew = counts && Number(seq) > seen;
  const mark = row.querySelector<HTMLElement>('.unread');
  if (mark !== null) mark.hidden = !isNew;
  row.querySelector('a')?.toggleAttribute('data-current', idOf(row) === desk.dataset.viewing);
  return isNew;
}

/** Who reads what stands beside it. */
export function showViewers(desk: HTMLElement): void {
  const { people: word = '' } = JSON.parse(desk.dataset.words ?? '{}') as { people?: string };
  const readers = new Map<string, string[]>();
  for (const person of document.querySelectorAll<HTMLElement>('#people [data-staff]')) {
    const { staff, viewing = '' } = person.dataset;
    if (viewing === '' || staff === desk.dataset.me) continue;
    readers.set(viewing, [...(readers.get(viewing) ?? []), person.firstChild?.textContent?.trim() ?? '']);
  }
  for (const row of rows()) {
    const names = readers.get(idOf(row)) ?? [];
    const place = row.querySelector('.viewers');
    if (place !== null) place.textContent = names.length === 0 ? '' : `${word} ${names.join(', ')}`;
  }
}

/** Minutes go on while nothing changes. */
export function countTime(): void {
  setInterval(() => {
    for (const time of document.querySelectorAll<HTMLElement>('time[data-since]')) {
      const minutes = Math.max(0, Math.floor((Date.now() - Number(time.dataset.since)) / MINUTE_MS));
      time.textContent = `${minutes} min`;
    }
  }, COUNT_EVERY_MS);
}
