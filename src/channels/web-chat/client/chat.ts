import { type Activity, DirectLineClient } from './direct-line-client.js';
import { choicesView, messageView, type Words } from './message-view.js';
import { installQuickExit } from './quick-exit.js';

const MAX_BYTES = 120_000;

const find = <T extends HTMLElement>(id: string): T => {
  const node = document.getElementById(id);
  if (node === null) throw new Error(`no element ${id}`);
  return node as T;
};

const words = JSON.parse(document.body.dataset.words ?? '{}') as Words;
const log = find('log');
const status = find('status');
const form = find<HTMLFormElement>('form');
const box = find<HTMLTextAreaElement>('message');
let connected = true;
/** The key of a text stays the same while it is tried again, so that it is answered once. */
let pending: { text: string; key: string } | undefined;

const tell = (key: string): void => {
  status.textContent = words[key] ?? '';
};

const client = new DirectLineClient(
  {
    activity: show,
    connected(now) {
      if (now !== connected) tell(now ? 'back' : 'lost');
      connected = now;
    },
    over: end,
  },
  document.body.dataset.language ?? 'fr',
);

function show(activity: Activity): void {
  for (const old of log.querySelectorAll('.choices')) old.remove();
  log.append(messageView(activity, words));
  const choices = choicesView(activity, (value) => void send(value));
  if (choices !== undefined) log.append(choices);
  log.scrollTop = log.scrollHeight;
}

async function send(text: string): Promise<void> {
  if (text.trim() === '') return;
  if (new TextEncoder().encode(text).length > MAX_BYTES) return tell('too-long');
  if (pending?.text !== text) pending = { text, key: crypto.randomUUID() };
  const outcome = await client.send(text, pending.key);
  if (outcome === 'over') return end();
  if (outcome !== 'sent') return tell(outcome === 'too-long' ? 'too-long' : 'lost');
  pending = undefined;
  status.textContent = '';
  if (box.value === text) box.value = '';
}

function end(): void {
  tell('over');
  box.disabled = true;
  form.hidden = true;
  const again = document.createElement('button');
  again.type = 'button';
  again.textContent = words.again ?? '';
  again.addEventListener('click', () => location.reload());
  status.after(again);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void send(box.value);
});
box.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  void send(box.value);
});
find('erase').addEventListener('click', async () => {
  if (!confirm(words['erase-sure'])) return;
  if (!(await client.erase())) return tell('lost');
  log.replaceChildren();
  end();
  tell('erased');
});
installQuickExit({
  link: find('exit'),
  address: document.body.dataset.exit ?? '/',
  leave: () => client.leave(),
  announce: (left) => {
    status.textContent = (words['exit-count'] ?? '').replace('#', String(left));
  },
});
client.open().catch(() => tell('lost'));
