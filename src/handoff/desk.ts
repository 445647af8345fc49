import type { ConversationHead, Language, Message, Owner } from '../conversations/conversation.js';
import type { Conversations } from '../conversations/conversations.js';
import type { Clock } from '../kernel/clock.js';
import type { ConversationId, LineRequestId, StaffId } from '../kernel/ids.js';
import type { Alert } from './alert.js';
import type { Alerts } from './alerts.js';

export interface Operator {
  id: StaffId;
  pseudonym: string;
}

/** What the caller is told at each change, in plain words. */
export interface DeskWords {
  takenOver(language: Language, pseudonym: string): string;
  handedBack(language: Language): string;
  closed(language: Language): string;
}

export interface DeskEntry {
  /** `undefined` when the caller has erased the conversation: the alert stays. */
  head: ConversationHead | undefined;
  alert: Alert | undefined;
}

export type DeskOutcome =
  | { kind: 'done' }
  /** Somebody else has it, or the caller has gone. */
  | { kind: 'lost'; owner: Owner }
  | { kind: 'alert-open' }
  /** The desk phone of whoever asked rings: pressing 1 takes the call. */
  | { kind: 'ringing' }
  /** They are on another call, or somebody has this caller. */
  | { kind: 'busy' }
  | { kind: 'unknown' };

export interface Desk {
  /** Open alerts first, oldest first; then who waits, longest first; then what operators have. */
  list(): Promise<DeskEntry[]>;
  transcript(id: ConversationId): Promise<{ entry: DeskEntry; messages: Message[] } | undefined>;
  /** One operator wins; for a phone call their desk phone rings, and pressing 1 wins. */
  claim(id: ConversationId, by: Operator): Promise<DeskOutcome>;
  reply(id: ConversationId, by: Operator, text: string): Promise<DeskOutcome>;
  handBack(id: ConversationId, by: Operator): Promise<DeskOutcome>;
  /** The conversation no longer sorts before the others, and may be closed. */
  alertClosed(id: ConversationId): Promise<void>;
  /** Refused while an alert is open. */
  close(id: ConversationId, by: Operator): Promise<DeskOutcome>;
}

/** Asked of the phone line: rings the desk phone of somebody of the staff for a caller on the phone. */
export type BringIn = (
  staff: StaffId,
  conversation: ConversationId,
) => Promise<{ kind: 'ringing'; request: LineRequestId } | { kind: 'busy' | 'taken' }>;

const LISTED = 200;
const TRANSCRIPT = 500;

export function createDesk(dependencies: {
  clock: Clock;
  conversations: Conversations;
  alerts: Pick<Alerts, 'live'>;
  words: DeskWords;
  bringIn: BringIn;
}): Desk {
  const { clock, conversations, alerts, words, bringIn } = dependencies;

  const alertOf = async (id: ConversationId): Promise<Alert | undefined> =>
    (await alerts.live(LISTED)).find(({ conversation }) => conversation === id);

  /** Only who owns the conversation acts in it. */
  const owned = async (
    id: ConversationId,
    by: Operator,
    act: (head: ConversationHead) => Promise<DeskOutcome>,
  ): Promise<DeskOutcome> => {
    const head = await conversations.head(id);
    if (head === undefined) return { kind: 'unknown' };
    const mine = head.owner.kind === 'operator' && head.owner.staff === by.id;
    return mine ? act(head) : { kind: 'lost', owner: head.owner };
  };

  const give = async (head: ConversationHead, owner: Owner, text: string): Promise<DeskOutcome> => {
    const outcome = await conversations.changeOwner(head.id, {
      expectedEpoch: head.epoch,
      owner,
      messages: [{ from: 'system', text }],
    });
    return outcome.kind === 'changed' ? { kind: 'done' } : outcome;
  };

  /** The caller's phone asks the request of their conversation how far it is. */
  const takeCall = async (id: ConversationId, by: Operator): Promise<DeskOutcome> => {
    const brought = await bringIn(by.id, id);
    if (brought.kind !== 'ringing') return { kind: 'busy' };
    await conversations.setLineRequest(id, brought.request);
    return { kind: 'ringing' };
  };

  return {
    async list() {
      const live = await alerts.live(LISTED);
      const heads = await conversations.list(['queue', 'operator'], LISTED);
      const alerted = new Set(live.map(({ conversation }) => conversation));
      const first = await Promise.all(
        live.map(async (alert) => ({ alert, head: await conversations.head(alert.conversation) })),
      );
      const others = heads.filter(({ id }) => !alerted.has(id)).map((head) => ({ head, alert: undefined }));
      return [...first, ...others.sort((a, b) => waitingSince(a.head) - waitingSince(b.head))];
    },
    async transcript(id) {
      const head = await conversations.head(id);
      const after = Math.max(0, (head?.lastSeq ?? 0) - TRANSCRIPT);
      const messages = head && (await conversations.staffTranscript(id, after, TRANSCRIPT));
      if (head === undefined || messages === undefined) return undefined;
      return { entry: { head, alert: await alertOf(id) }, messages };
    },
    async claim(id, by) {
      const head = await conversations.head(id);
      if (head === undefined) return { kind: 'unknown' };
      if (head.owner.kind === 'operator' || head.owner.kind === 'closed')
        return { kind: 'lost', owner: head.owner };
      if (head.channel === 'phone') return takeCall(id, by);
      const owner: Owner = { kind: 'operator', staff: by.id, pseudonym: by.pseudonym, since: clock.now() };
      return give(head, owner, words.takenOver(head.language, by.pseudonym));
    },
    reply: (id, by, text) =>
      owned(id, by, async (head) => {
        const message = { from: 'operator', by: by.pseudonym, text } as const;
        const outcome = await conversations.post(id, { expectedEpoch: head.epoch, message });
        return outcome.kind === 'posted' ? { kind: 'done' } : outcome;
      }),
    handBack: (id, by) =>
      owned(id, by, (head) => give(head, { kind: 'bot' }, words.handedBack(head.language))),
    alertClosed: (id) => conversations.setAlert(id, null),
    close: (id, by) =>
      owned(id, by, async (head) => {
        if ((await alertOf(id)) !== undefined) return { kind: 'alert-open' };
        return give(head, { kind: 'closed', at: clock.now() }, words.closed(head.language));
      }),
  };
}

/** Queue before conversations an operator has; then by time. */
function waitingSince({ owner }: ConversationHead): number {
  if (owner.kind === 'queue') return owner.since;
  return Number.MAX_SAFE_INTEGER / 2 + ('since' in owner ? owner.since : 0);
}
