import { refreshTalk } from './desk-forms.js';
import { markUnread, placeRow, showViewers } from './desk-rows.js';
import { soundSwitch } from './desk-sound.js';

/** Nothing heard for so long, not even a beat: the connection is as good as lost. */
const SILENT_MS = 10_000;
const WATCH_EVERY_MS = 2_000;
const CLOSED = 2;

/** Follows what changes, and answers each beat so that colleagues and callers know that somebody is there. */
export function listen(desk: HTMLElement): void {
  let heardAt = Date.now();
  let position = desk.dataset.position ?? '';
  let source = connect();

  function connect(): EventSource {
    const opened = new EventSource(`/console/events?from=${encodeURIComponent(position)}`);
    const on = (name: string, act: (data: { id?: string; html?: string }) => void): void =>
      opened.addEventListener(name, (event: MessageEvent<string>) => {
        heardAt = Date.now();
        if (event.lastEventId !== '') position = event.lastEventId;
        lost(desk, false);
        act(JSON.parse(event.data) as { id?: string; html?: string });
      });
    on('beat', () => void here(desk));
    on('row', ({ id = '', html = '' }) => changed(desk, id, html));
    on('people', ({ html = '' }) => people(desk, html));
    on('again', () => void readListAgain(desk));
    return opened;
  }

  soundSwitch();
  showViewers(desk);
  document.addEventListener('visibilitychange', () => {
    markUnread(desk);
    void here(desk);
  });
  setInterval(() => {
    const silent = Date.now() - heardAt > SILENT_MS;
    if (silent) lost(desk, true);
    if (!silent && source.readyState !== CLOSED) return;
    source.close();
    heardAt = Date.now() - SILENT_MS / 2;
    source = connect();
  }, WATCH_EVERY_MS);
}

function changed(desk: HTMLElement, id: string, html: string): void {
  placeRow(desk, id, html);
  showViewers(desk);
  if (id === desk.dataset.viewing) void refreshTalk(desk);
}

function people(desk: HTMLElement, html: string): void {
  const fresh = new DOMParser().parseFromString(html, 'text/html').getElementById('people');
  const old = document.getElementById('people');
  if (fresh !== null && old !== null && !fresh.isEqualNode(old)) old.replaceWith(fresh);
  showViewers(desk);
}

/** The page was away too long to be told each change. */
async function readListAgain(desk: HTMLElement): Promise<void> {
  const { filter = 'all', page = '1' } = desk.dataset;
  const response = await fetch(`/console/desk?filter=${filter}&page=${page}`, { redirect: 'manual' }).catch(
    () => undefined,
  );
  if (response === undefined || !response.ok) return;
  const parsed = new DOMParser().parseFromString(await response.text(), 'text/html');
  const [fresh, old] = [parsed.getElementById('rows'), document.getElementById('rows')];
  if (fresh !== null && old !== null) old.replaceWith(fresh);
  markUnread(desk);
  showViewers(desk);
  if (desk.dataset.viewing !== '') await refreshTalk(desk);
}

/** A hidden tab says that it is there, and nothing of what is read. */
async function here(desk: HTMLElement): Promise<void> {
  const body = new URLSearchParams({ csrf: desk.dataset.csrf ?? '' });
  if (!document.hidden) body.set('viewing', desk.dataset.viewing ?? '');
  const response = await fetch('/console/desk/here', { method: 'POST', body, redirect: 'manual' }).catch(
    () => undefined,
  );
  if (response?.type === 'opaqueredirect') location.assign('/console/sign-in');
}

function lost(desk: HTMLElement, isLost: boolean): void {
  const live = document.getElementById('live');
  if (live === null) return;
  const words = JSON.parse(desk.dataset.words ?? '{}') as { lost?: string };
  const text = isLost ? (words.lost ?? '') : '';
  if (live.textContent !== text) live.textContent = text;
}
