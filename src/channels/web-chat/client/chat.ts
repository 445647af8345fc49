import type { Activity } from './activity.js';
import { Composer } from './composer.js';
import { DirectLineClient, type SendOutcome } from './direct-line-client.js';
import { find } from './element.js';
import { IdleWatch } from './idle-watch.js';
import { showLocalNumbers } from './local-numbers.js';
import { Presence } from './presence.js';
import { installQuickExit } from './quick-exit.js';
import { installReloadGuard } from './reload-guard.js';
import { installResumeDialog } from './resume-dialog.js';
import { forgetSession, keepSession } from './session.js';
import { TranscriptView } from './transcript-view.js';
import { language, word } from './words.js';

const TYPING_MS = 6_000;
const OPENING_MS = 150;
const LONG_OPENING_MS = 5_000;

const status = find('status');
const alarm = find('alert');
const again = find<HTMLButtonElement>('again');
const erase = find<HTMLButtonElement>('erase');
const dialog = find<HTMLDialogElement>('erase-dialog');

let client: DirectLineClient;
let connected = true;
let spoke = false;
/** On `/rendez-vous` the appointment is what it begins with. */
let opening = document.body.dataset.topic === 'appointment' ? word('manage-opening') : '';
let openingTimer: ReturnType<typeof setTimeout> | undefined;
let typing: ReturnType<typeof setTimeout> | undefined;
let longOpening: ReturnType<typeof setTimeout> | undefined;

const composer = new Composer((text, key) => client.send(text, key), sent);
const presence = new Presence(() => client.state());
const idle = new IdleWatch({
  mayClose: () => spoke && presence.state?.stays === false,
  close: closeIdle,
});
const transcript = new TranscriptView(find('log'), (value) => void composer.send(value));

/** `tell` is read when the reader pauses; `warn` at once. */
const tell = (text: string): void => {
  status.textContent = text;
};
const warn = (text: string): void => {
  alarm.textContent = text;
};

function begin(): void {
  transcript.clear();
  tell(word('opening'));
  clearTimeout(longOpening);
  longOpening = setTimeout(() => tell(word('opening-long')), LONG_OPENING_MS);
  warn('');
  again.hidden = true;
  spoke = false;
  connected = true;
  composer.open();
  client = new DirectLineClient({ activity: show, connected: connection, over }, language);
  void client.follow();
}

function show(activity: Activity): void {
  clearTimeout(typing);
  clearTimeout(longOpening);
  tell('');
  if (activity.type === 'typing') {
    tell(word('typing'));
    typing = setTimeout(() => tell(''), TYPING_MS);
  }
  if (activity.type !== 'message') return;
  erase.hidden = false;
  spoke ||= activity.channelData?.author === 'caller';
  transcript.add(activity);
  presence.soon();
  idle.here();
  sayOpening(activity);
}

/** What the page was opened for is said once in a conversation, when what it holds already is known. */
function sayOpening({ text, channelData }: Activity): void {
  if (channelData?.author === 'caller' && text === opening) opening = '';
  if (opening === '' || openingTimer !== undefined) return;
  openingTimer = setTimeout(() => {
    if (opening !== '') void composer.send(opening);
    opening = '';
  }, OPENING_MS);
}

function connection(now: boolean): void {
  if (now === connected) return;
  connected = now;
  clearTimeout(longOpening);
  warn(now ? '' : word('lost'));
  tell(now ? word('back') : '');
}

function sent(outcome: SendOutcome): void {
  if (outcome === 'over') over();
  else warn(refusal(outcome));
}

function refusal(outcome: SendOutcome): string {
  if (outcome === 'too-long') return word('too-long');
  if (outcome === 'failed') return word(connected ? 'not-sent' : 'lost');
  return '';
}

function over(): void {
  client.close();
  ended(word('over'));
}

function ended(text: string): void {
  clearTimeout(typing);
  clearTimeout(longOpening);
  transcript.removeChoices();
  composer.end();
  presence.end();
  warn('');
  tell(text);
  erase.hidden = true;
  again.hidden = false;
}

async function eraseAll(): Promise<void> {
  dialog.close();
  const erased = await client.erase();
  if (!erased) {
    warn(word('lost'));
    return;
  }
  transcript.clear();
  composer.clear();
  ended(word('erased'));
  again.focus();
}

/** Nothing stays on the screen; the conversation can be taken up again with its code. */
function closeIdle(): void {
  client.close();
  transcript.clear();
  composer.clear();
  ended(word('idle-closed'));
}

showLocalNumbers();
find('not-open').hidden = true;
find('log').hidden = false;
if (matchMedia('(max-width: 59.9rem)').matches) find<HTMLDetailsElement>('more').open = false;
again.addEventListener('click', () => {
  begin();
  find('message').focus();
});
erase.addEventListener('click', () => dialog.showModal());
find('erase-no').addEventListener('click', () => dialog.close());
find('erase-yes').addEventListener('click', () => void eraseAll());
/** Another language before anything was said is another beginning. */
find('language').addEventListener('click', () => {
  if (!spoke) forgetSession();
});
find('human').addEventListener('click', () => void composer.send(word('human')));
installResumeDialog({
  code: () => presence.state?.resumeCode,
  take: (code) => client.resume(code),
  taken(session) {
    client.close();
    keepSession(session);
    begin();
  },
});
installReloadGuard({
  cutOff: () => !navigator.onLine || !connected,
  held: () => warn(word('reload-held')),
});
addEventListener('online', () => {
  if (alarm.textContent === word('reload-held')) warn('');
});
installQuickExit({
  link: find('exit'),
  address: document.body.dataset.exit ?? '/',
  leave: () => client.leave(),
  announce: (left) => tell(word('exit-count', left)),
});
begin();
