import { createHmac } from 'node:crypto';
import { after, type Clock, DAY, HOUR, type Instant, instant, SECOND } from '../kernel/clock.js';
import { asId, type ConversationId } from '../kernel/ids.js';
import type { ContactVault } from '../privacy/contact-vault.js';
import type { ContactId } from '../privacy/vault-store.js';
import { ATTEMPTS } from './change-request.js';
import type { TextThread, TextThreadStore } from './text-thread-store.js';

/** A conversation by text messages is over when its number has not written for so long. */
export const QUIET_AFTER = DAY;
/** How long a STOP is remembered: longer than any reminder is asked for ahead. */
export const STOP_KEPT = 180 * DAY;
const REFRESH_AFTER = HOUR;
const SENDING_TAKES = 60 * SECOND;
const FAILURES_BORNE = 5;
const BATCH = 200;

export interface TextThreads {
  /**
   * The conversation of a number that writes, and its number in the vault. The same message twice gives the same.
   * @param message the carrier's name of the message
   */
  received(number: string, message: string): Promise<{ conversation: ConversationId; isNew: boolean }>;
  /** STOP: the number is destroyed at once, and nothing is sent to it until it writes again. */
  stop(number: string): Promise<void>;
  isStopped(number: string): Promise<boolean>;
  /**
   * Takes the sending of what this conversation has to say. `undefined`: there is nobody to send to, or somebody
   * sends already and will send this too.
   */
  begin(conversation: ConversationId): Promise<{ to: string; after: number } | undefined>;
  /** Everything up to this message has been sent. `more`: something came meanwhile, and the sending goes on. */
  sent(conversation: ConversationId, seq: number): Promise<'done' | 'more'>;
  /** It could not be sent: tried again later, some times. */
  failed(conversation: ConversationId): Promise<void>;
  unfinished(): Promise<ConversationId[]>;
  /** The conversation is over: its number is destroyed. */
  end(conversation: ConversationId): Promise<void>;
  removeEnded(): Promise<number>;
}

export function createTextThreads(parts: {
  clock: Clock;
  /** The hash leads back to the number for whoever has it, as the vault does: both die together. */
  key: Buffer;
  contacts: Pick<ContactVault, 'keep' | 'open' | 'withdraw'>;
  store: TextThreadStore;
  isOpen(conversation: ConversationId): Promise<boolean>;
}): TextThreads {
  const { clock, key, contacts, store, isOpen } = parts;
  const digest = (text: string): string => createHmac('sha256', key).update(text).digest('base64url');

  const keep = (number: string, conversation: ConversationId): Promise<ContactId> =>
    contacts.keep({
      purpose: 'sms-conversation',
      conversation,
      value: number,
      endsAt: after(clock.now(), QUIET_AFTER),
    });

  const change = async (
    find: () => Promise<TextThread | undefined>,
    next: (thread: TextThread) => Partial<TextThread> | undefined,
  ): Promise<TextThread | undefined> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const thread = await find();
      const changed = thread === undefined ? undefined : next(thread);
      if (thread === undefined || changed === undefined) return undefined;
      const saved = { ...thread, ...changed, version: thread.version + 1 };
      if ((await store.save(saved)) === 'saved') return thread;
    }
    return undefined;
  };
  const changeOf = (
    conversation: ConversationId,
    next: (thread: TextThread) => Partial<TextThread> | undefined,
  ) => change(() => store.of(conversation), next);

  const goesOn = async (thread: TextThread): Promise<boolean> =>
    !thread.stopped && clock.now() - thread.seenAt < QUIET_AFTER && (await isOpen(thread.conversation));

  /** One try at `received`; `undefined` when somebody else wrote first. */
  const receive = async (number: string, message: string) => {
    const hash = digest(number);
    const thread = await store.get(hash);
    const first = asId<ConversationId>(digest(`${hash}|${message}`).slice(0, 22));
    const same = thread !== undefined && (thread.conversation === first || (await goesOn(thread)));
    const before = same
      ? thread
      : { ...emptyThread(hash), conversation: first, version: thread?.version ?? 0 };
    const next = { ...before, seenAt: clock.now(), stopped: false, version: before.version + 1 };
    const result = { conversation: before.conversation, isNew: before.conversation === first };
    if (isFresh(before)) return (await store.save(next)) === 'saved' ? result : undefined;
    const contact = await keep(number, before.conversation);
    const saved = await store.save({ ...next, contact, keptAt: clock.now() });
    await withdraw(saved === 'saved' ? thread : { contact });
    return saved === 'saved' ? result : undefined;
  };

  const isFresh = ({ contact, keptAt }: TextThread): boolean =>
    contact !== null && clock.now() - keptAt < REFRESH_AFTER;

  const withdraw = async (thread: Pick<TextThread, 'contact'> | undefined): Promise<void> => {
    const contact = thread?.contact ?? null;
    if (contact !== null) await contacts.withdraw(contact);
  };

  return {
    async received(number, message) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const received = await receive(number, message);
        if (received !== undefined) return received;
      }
      throw new Error('a text thread was written too often at once');
    },
    async stop(number) {
      const hash = digest(number);
      const stopped = { contact: null, stopped: true, seenAt: clock.now() };
      const before = await change(
        () => store.get(hash),
        () => stopped,
      );
      await withdraw(before);
      if (before === undefined) await store.save({ ...emptyThread(hash), ...stopped, version: 1 });
    },
    isStopped: async (number) => (await store.get(digest(number)))?.stopped === true,
    async begin(conversation) {
      const now = clock.now();
      const before = await changeOf(conversation, (thread) => {
        if (thread.contact === null) return undefined;
        const sending = thread.sendingUntil !== null && now < thread.sendingUntil;
        return sending ? { more: true } : { sendingUntil: after(now, SENDING_TAKES), more: false };
      });
      if (before === undefined || before.contact === null) return undefined;
      if (before.sendingUntil !== null && now < before.sendingUntil) return undefined;
      const to = await contacts.open(before.contact, 'sms-conversation');
      return to === undefined ? undefined : { to, after: before.sentSeq };
    },
    async sent(conversation, seq) {
      const now = clock.now();
      const before = await changeOf(conversation, (thread) => ({
        sentSeq: Math.max(thread.sentSeq, seq),
        sendingUntil: thread.more ? after(now, SENDING_TAKES) : null,
        more: false,
        failures: 0,
      }));
      return before?.more === true ? 'more' : 'done';
    },
    async failed(conversation) {
      await changeOf(conversation, (thread) => ({
        failures: thread.failures + 1,
        ...(thread.failures + 1 >= FAILURES_BORNE ? { sendingUntil: null, failures: 0 } : {}),
      }));
    },
    unfinished: async () =>
      (await store.unfinished(clock.now(), BATCH)).map(({ conversation }) => conversation),
    async end(conversation) {
      await withdraw(await changeOf(conversation, () => ({ contact: null, sendingUntil: null })));
    },
    removeEnded() {
      const ago = (ms: number): Instant => instant(clock.now() - ms);
      return store.removeBefore({ quiet: ago(2 * QUIET_AFTER), stopped: ago(STOP_KEPT) });
    },
  };
}

const emptyThread = (hash: string): TextThread => ({
  hash,
  conversation: asId<ConversationId>(`none-${hash.slice(0, 17)}`),
  contact: null,
  keptAt: instant(0),
  seenAt: instant(0),
  stopped: false,
  sentSeq: 0,
  sendingUntil: null,
  more: false,
  failures: 0,
  version: 0,
});
