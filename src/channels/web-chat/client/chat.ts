import type { Activity } from './activity.js';
import { Composer } from './composer.js';
import { DirectLineClient, type SendOutcome } from './direct-line-client.js';
import { find } from './element.js';
import { installQuickExit } from './quick-exit.js';
import { forgetSession } from './session.js';
import { TranscriptView } from './transcript-view.js';
import { language, word } from './words.js';

const TYPING_MS = 6_000;

const status = find('status');
const alarm = find('alert');
const again = find<HTMLButtonElement>('again');
const erase = find<HTMLButtonElement>('erase');
const dialog = find<HTMLDialogElement>('erase-dialog');

let client: DirectLineClient;
let connected = true;
let spoke = false;
let typing: ReturnType<typeof setTimeout> | undefined;

const composer = new Composer((text, key) => client.send(text, key), sent);
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
  tell('');
  if (activity.type === 'typing') {
    tell(word('typing'));
    typing = setTimeout(() => tell(''), TYPING_MS);
  }
  if (activity.type !== 'message') return;
  erase.hidden = false;
  spoke ||= activity.channelData?.author === 'caller';
  transcript.add(activity);
}

function connection(now: boolean): void {
  if (now === connected) return;
  connected = now;
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
  transcript.removeChoices();
  composer.end();
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

find('not-open').hidden = true;
find('log').hidden = false;
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
installQuickExit({
  link: find('exit'),
  address: document.body.dataset.exit ?? '/',
  leave: () => client.leave(),
  announce: (left) => tell(word('exit-count', left)),
});
begin();
