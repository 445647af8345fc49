import type { Clock, Instant } from '../kernel/clock.js';
import type { AlertId, ConversationId, LineRequestId } from '../kernel/ids.js';
import { newId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import type { ContactVault } from '../privacy/contact-vault.js';
import { mask } from '../privacy/mask.js';
import type { RecordSealer } from '../privacy/record-sealer.js';
import type { ChangeFeed } from './change-feed.js';
import type {
  Channel,
  ConversationHead,
  HumanPart,
  Language,
  Message,
  NewMessage,
  Offer,
  Owner,
  OwnerKind,
  SealedMessage,
} from './conversation.js';
import type { ConversationStore } from './conversation-store.js';

/** A conversation with its dialog state, opened for one turn. */
export interface OpenedConversation {
  head: ConversationHead;
  /** Whatever the dialogs keep; JSON. `null` before the first turn. */
  state: unknown;
}

export interface ConversationChange {
  state?: unknown;
  owner?: Owner;
  language?: Language;
  alert?: AlertId | null;
  lineRequest?: LineRequestId | null;
  offer?: Offer | null;
  humanPart?: HumanPart;
  messages: readonly NewMessage[];
}

export type SaveOutcome =
  | { kind: 'saved'; head: ConversationHead; messages: Message[] }
  | { kind: 'conflict' }
  | { kind: 'unknown' };

export type OwnerOutcome =
  | { kind: 'changed'; head: ConversationHead }
  | { kind: 'lost'; owner: Owner }
  | { kind: 'unknown' };

export type PostOutcome = { kind: 'posted' } | { kind: 'lost'; owner: Owner } | { kind: 'unknown' };

export interface Conversations {
  open(input: { channel: Channel; language: Language; id?: ConversationId }): Promise<ConversationHead>;
  head(id: ConversationId): Promise<ConversationHead | undefined>;
  /** `undefined` when unknown, or erased. */
  load(id: ConversationId): Promise<OpenedConversation | undefined>;
  /** One compare-and-set on the version that was loaded: state, owner and messages together. */
  save(conversation: OpenedConversation, change: ConversationChange): Promise<SaveOutcome>;
  /** What the caller sees. At most `limit` messages with `seq > after`; `undefined` when unknown or erased. */
  transcript(id: ConversationId, after: number, limit: number): Promise<Message[] | undefined>;
  /** The same with reference codes masked and cards left out: nothing that leads to a booking. */
  staffTranscript(id: ConversationId, after: number, limit: number): Promise<Message[] | undefined>;
  /** What the caller said among those messages; nothing when unknown or erased. */
  callerWords(id: ConversationId, after: number, limit: number): Promise<string[]>;
  changeOwner(
    id: ConversationId,
    change: {
      expectedEpoch: number;
      owner: Owner;
      messages: readonly NewMessage[];
      humanPart?: HumanPart;
    },
  ): Promise<OwnerOutcome>;
  /** Makes or takes back an offer, while this epoch holds. */
  setOffer(id: ConversationId, offer: { expectedEpoch: number; offer: Offer | null }): Promise<PostOutcome>;
  /** Adds a message of a human who holds this epoch. */
  post(id: ConversationId, post: { expectedEpoch: number; message: NewMessage }): Promise<PostOutcome>;
  /** Open conversations with one of these owners, oldest activity first. */
  list(owners: readonly OwnerKind[], limit: number, activeSince?: Instant): Promise<ConversationHead[]>;
  setAlert(id: ConversationId, alert: AlertId | null): Promise<void>;
  setLineRequest(id: ConversationId, request: LineRequestId): Promise<void>;
  /** Destroys the words at once: the record's key, the messages, the contacts given. Alerts stay. */
  erase(id: ConversationId): Promise<'erased' | 'unknown'>;
  /** Erases conversations inactive since before that instant, at most 200 a call; returns how many. */
  eraseInactive(before: Instant): Promise<number>;
  onChange(listener: (id: ConversationId) => void): () => void;
}

export interface ConversationsDependencies {
  clock: Clock;
  random: Random;
  store: ConversationStore;
  sealer: RecordSealer;
  contacts: Pick<ContactVault, 'withdrawAll'>;
  feed: ChangeFeed;
}

/** Retries of a write that has no turn to replay (owner, alert): each loses only to another write. */
const ATTEMPTS = 20;
const ERASE_BATCH = 200;

export function createConversations(dependencies: ConversationsDependencies): Conversations {
  const { clock, random, store, sealer, contacts, feed } = dependencies;

  const changed = (conversation: ConversationId): Promise<void> =>
    feed.publish({ kind: 'conversation-changed', conversation });

  const sealMessage = async (id: ConversationId, message: Message): Promise<SealedMessage> => {
    const { seq, from, at, ...content } = message;
    return { conversation: id, seq, from, at, sealed: await sealer.seal(id, JSON.stringify(content)) };
  };

  const openMessage = async (sealed: SealedMessage): Promise<Message | undefined> => {
    const content = await sealer.open(sealed.conversation, sealed.sealed);
    if (content === undefined) return undefined;
    const { seq, from, at } = sealed;
    return { ...(JSON.parse(content) as Omit<Message, 'seq' | 'from' | 'at'>), seq, from, at };
  };

  const number = (head: ConversationHead, messages: readonly NewMessage[], at: Instant): Message[] =>
    messages.map((message, index) => ({ ...masked(message), seq: head.lastSeq + 1 + index, at }));

  const save = async (opened: OpenedConversation, change: ConversationChange): Promise<SaveOutcome> => {
    const { head } = opened;
    const messages = number(head, change.messages, clock.now());
    const next: ConversationHead = {
      ...head,
      version: head.version + 1,
      lastSeq: head.lastSeq + messages.length,
      activeAt: clock.now(),
      language: change.language ?? head.language,
      owner: change.owner ?? head.owner,
      epoch: change.owner === undefined ? head.epoch : head.epoch + 1,
      alert: change.alert === undefined ? head.alert : change.alert,
      lineRequest: change.lineRequest === undefined ? head.lineRequest : change.lineRequest,
      ...offerAfter(head, change),
      ...(change.humanPart === undefined ? {} : { humanPart: change.humanPart }),
      sealedState:
        'state' in change ? await sealer.seal(head.id, JSON.stringify(change.state)) : head.sealedState,
    };
    const sealed = await Promise.all(messages.map((message) => sealMessage(head.id, message)));
    const outcome = await store.commit(next, sealed);
    if (outcome !== 'committed') return { kind: outcome };
    await changed(head.id);
    return { kind: 'saved', head: next, messages };
  };

  const load = async (id: ConversationId): Promise<OpenedConversation | undefined> => {
    const head = await store.get(id);
    if (head === undefined) return undefined;
    const state = await sealer.open(id, head.sealedState);
    return state === undefined ? undefined : { head, state: JSON.parse(state) };
  };

  /** Applies a change that depends only on the head, whatever else is written meanwhile. */
  const retry = async (
    id: ConversationId,
    change: (head: ConversationHead) => ConversationChange | undefined,
  ): Promise<{ head: ConversationHead; applied: boolean } | undefined> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const head = await store.get(id);
      if (head === undefined) return undefined;
      const wanted = change(head);
      if (wanted === undefined) return { head, applied: false };
      const outcome = await save({ head, state: undefined }, wanted);
      if (outcome.kind === 'saved') return { head: outcome.head, applied: true };
    }
    throw new Error('a conversation was written too often at once');
  };

  const transcript = async (id: ConversationId, after: number, limit: number) => {
    const sealed = await store.messages(id, after, limit);
    if (sealed.length === 0) return (await store.get(id)) === undefined ? undefined : [];
    const messages = await Promise.all(sealed.map(openMessage));
    return messages.every((message) => message !== undefined) ? messages : undefined;
  };

  /** Only the caller's messages are opened: most of the others are ours. */
  const callerWords = async (id: ConversationId, after: number, limit: number): Promise<string[]> => {
    const sealed = await store.messages(id, after, limit);
    const opened = await Promise.all(sealed.filter(({ from }) => from === 'caller').map(openMessage));
    return opened.flatMap((message) => (message === undefined ? [] : [message.text]));
  };

  const erase = async (id: ConversationId): Promise<'erased' | 'unknown'> => {
    const known = (await store.get(id)) !== undefined;
    await sealer.destroy([id]);
    await contacts.withdrawAll(id);
    await store.remove([id]);
    if (known) await changed(id);
    return known ? 'erased' : 'unknown';
  };

  return {
    async open({ channel, language, id = newId<ConversationId>(random) }) {
      const now = clock.now();
      const head: ConversationHead = {
        id,
        channel,
        language,
        owner: { kind: 'bot' },
        epoch: 0,
        version: 0,
        lastSeq: 0,
        openedAt: now,
        activeAt: now,
        alert: null,
        lineRequest: null,
        sealedState: await sealer.seal(id, 'null'),
      };
      if ((await store.create(head, [])) === 'created') return head;
      return (await store.get(id)) ?? head;
    },
    head: (id) => store.get(id),
    load,
    save,
    transcript,
    callerWords,
    async staffTranscript(id, after, limit) {
      const messages = await transcript(id, after, limit);
      return messages?.map(({ card: _card, choices: _choices, ...message }) => ({
        ...message,
        text: mask(message.text),
      }));
    },
    async changeOwner(id, { expectedEpoch, ...change }) {
      const outcome = await retry(id, (head) => (holds(head, expectedEpoch) ? change : undefined));
      if (outcome === undefined) return { kind: 'unknown' };
      if (!outcome.applied) return { kind: 'lost', owner: outcome.head.owner };
      return { kind: 'changed', head: outcome.head };
    },
    async post(id, { expectedEpoch, message }) {
      const outcome = await retry(id, (head) =>
        holds(head, expectedEpoch) ? { messages: [message] } : undefined,
      );
      if (outcome === undefined) return { kind: 'unknown' };
      return outcome.applied ? { kind: 'posted' } : { kind: 'lost', owner: outcome.head.owner };
    },
    async setOffer(id, { expectedEpoch, offer }) {
      const outcome = await retry(id, (head) =>
        holds(head, expectedEpoch) ? { offer, messages: [] } : undefined,
      );
      if (outcome === undefined) return { kind: 'unknown' };
      return outcome.applied ? { kind: 'posted' } : { kind: 'lost', owner: outcome.head.owner };
    },
    list: (owners, limit, activeSince) =>
      store.list({ owners, limit, ...(activeSince === undefined ? {} : { activeSince }) }),
    async setAlert(id, alert) {
      await retry(id, (head) => (head.alert === alert ? undefined : { alert, messages: [] }));
    },
    async setLineRequest(id, lineRequest) {
      await retry(id, (head) =>
        head.lineRequest === lineRequest ? undefined : { lineRequest, messages: [] },
      );
    },
    erase,
    async eraseInactive(before) {
      const ids = await store.inactiveSince(before, ERASE_BATCH);
      for (const id of ids) await erase(id);
      return ids.length;
    },
    onChange: (listener) =>
      feed.subscribe((event) => {
        if (event.kind === 'conversation-changed') listener(event.conversation);
      }),
  };
}

const holds = ({ epoch, owner }: ConversationHead, expectedEpoch: number): boolean =>
  epoch === expectedEpoch && owner.kind !== 'closed';

/** An offer is about the owner who made it. */
function offerAfter(head: ConversationHead, { owner, offer }: ConversationChange): { offer?: Offer | null } {
  if (owner !== undefined) return head.offer === undefined ? {} : { offer: null };
  return offer === undefined ? {} : { offer };
}

/** Words of people are masked before they are stored; ours hold no identifier but the reference code. */
function masked(message: NewMessage): NewMessage {
  return message.from === 'caller' || message.from === 'operator'
    ? { ...message, text: mask(message.text) }
    : message;
}
