import type { ConversationHead, HandBack, Language, Message, Owner } from '../conversations/conversation.js';
import type { Conversations } from '../conversations/conversations.js';
import type { ReadUnderstood, Understood } from '../conversations/understood.js';
import type { Clock } from '../kernel/clock.js';
import type { ConversationId, LineRequestId, StaffId } from '../kernel/ids.js';
import type { Alerts } from './alerts.js';
import { createDeskList, type DeskEntry, type DeskList } from './desk-list.js';
import type { Closing } from './outcome.js';
import { createTransfers, type TransferOutcome, type Transfers } from './transfers.js';

export type { DeskEntry } from './desk-list.js';

export interface Operator {
  id: StaffId;
  pseudonym: string;
}

/** What the caller is told at each change, in plain words. */
export interface DeskWords {
  takenOver(language: Language, pseudonym: string): string;
  transferred(language: Language, pseudonym: string): string;
  handedBack(language: Language): string;
  closed(language: Language): string;
  /** The person who answered was cut off: the caller keeps their place. */
  ownerLost(language: Language, vital: boolean): string;
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
  /** Not for a call: that is passed on by telephone. */
  | { kind: 'by-phone' }
  | { kind: 'unknown' };

/** Asked of the phone line: rings the desk phone of somebody of the staff for a caller on the phone. */
export type BringIn = (
  staff: StaffId,
  conversation: ConversationId,
) => Promise<{ kind: 'ringing'; request: LineRequestId } | { kind: 'busy' | 'taken' }>;

export interface DeskTranscript {
  entry: DeskEntry;
  messages: Message[];
  understood: Understood;
}

export interface Desk extends DeskList, Transfers {
  transcript(id: ConversationId): Promise<DeskTranscript | undefined>;
  /**
   * One operator wins; danger nobody has taken is theirs too. For a phone call their desk phone rings, and pressing 1
   * wins.
   */
  claim(id: ConversationId, by: Operator): Promise<DeskOutcome>;
  reply(id: ConversationId, by: Operator, text: string): Promise<DeskOutcome>;
  /** The bot goes on with what is next. Refused while an alert is open: danger is left to nobody. */
  handBack(id: ConversationId, by: Operator, next: HandBack): Promise<DeskOutcome>;
  /** The conversation no longer sorts before the others, and may be closed. */
  alertClosed(id: ConversationId): Promise<void>;
  /** Refused while an alert is open. */
  close(id: ConversationId, by: Operator, closing: Closing): Promise<DeskOutcome>;
  /** The page of its owner has gone silent: it goes back to those who wait, and the caller is told. */
  ownerLost(head: ConversationHead): Promise<DeskOutcome>;
}

export type { TransferOutcome };

export interface DeskDependencies {
  clock: Clock;
  conversations: Conversations;
  alerts: Pick<Alerts, 'live' | 'of' | 'acknowledge' | 'pass'>;
  words: DeskWords;
  understood: ReadUnderstood;
  bringIn: BringIn;
  /** The bot speaks again, at once. */
  resume(id: ConversationId, epoch: number): Promise<void>;
}

const TRANSCRIPT = 500;

export function createDesk(dependencies: DeskDependencies): Desk {
  const { clock, conversations, alerts, words } = dependencies;

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
    const messages = [{ from: 'system', text }] as const;
    const outcome = await conversations.changeOwner(head.id, { expectedEpoch: head.epoch, owner, messages });
    return outcome.kind === 'changed' ? { kind: 'done' } : outcome;
  };

  /** The caller's phone asks the request of their conversation how far it is. */
  const takeCall = async (id: ConversationId, by: Operator): Promise<DeskOutcome> => {
    const brought = await dependencies.bringIn(by.id, id);
    if (brought.kind !== 'ringing') return { kind: 'busy' };
    await conversations.setLineRequest(id, brought.request);
    return { kind: 'ringing' };
  };

  const unlessDanger = async (
    head: ConversationHead,
    act: () => Promise<DeskOutcome>,
  ): Promise<DeskOutcome> => ((await alerts.of(head.id)) === undefined ? act() : { kind: 'alert-open' });

  const handBack = async (head: ConversationHead, next: HandBack): Promise<DeskOutcome> => {
    const outcome = await conversations.changeOwner(head.id, {
      expectedEpoch: head.epoch,
      owner: { kind: 'bot' },
      messages: [{ from: 'system', text: words.handedBack(head.language) }],
      humanPart: await humanPartOf(head, next),
    });
    if (outcome.kind !== 'changed') return outcome;
    await dependencies.resume(head.id, outcome.head.epoch);
    return { kind: 'done' };
  };

  /** From the first message after the person took over. */
  const humanPartOf = async (head: ConversationHead, next: HandBack) => {
    const { owner, lastSeq } = head;
    const since = owner.kind === 'operator' ? owner.since : head.openedAt;
    const recent =
      (await conversations.staffTranscript(head.id, Math.max(0, lastSeq - TRANSCRIPT), TRANSCRIPT)) ?? [];
    return { from: recent.find(({ at }) => at >= since)?.seq ?? lastSeq, to: lastSeq, next };
  };

  return {
    ...createDeskList(dependencies),
    ...createTransfers({ ...dependencies, give }),
    async transcript(id) {
      const opened = await conversations.load(id);
      if (opened === undefined) return undefined;
      const { head, state } = opened;
      const after = Math.max(0, head.lastSeq - TRANSCRIPT);
      const messages = await conversations.staffTranscript(id, after, TRANSCRIPT);
      if (messages === undefined) return undefined;
      const entry = { head, alert: await alerts.of(id) };
      return { entry, messages, understood: dependencies.understood(state) };
    },
    async claim(id, by) {
      const head = await conversations.head(id);
      if (head === undefined) return { kind: 'unknown' };
      if (head.owner.kind === 'operator' || head.owner.kind === 'closed')
        return { kind: 'lost', owner: head.owner };
      if (head.channel === 'phone') return takeCall(id, by);
      const owner: Owner = { kind: 'operator', staff: by.id, pseudonym: by.pseudonym, since: clock.now() };
      const outcome = await give(head, owner, words.takenOver(head.language, by.pseudonym));
      const alert = outcome.kind === 'done' ? await alerts.of(id) : undefined;
      if (alert?.state.kind === 'open') await alerts.acknowledge(alert.id, by.id);
      return outcome;
    },
    reply: (id, by, text) =>
      owned(id, by, async (head) => {
        const message = { from: 'operator', by: by.pseudonym, text } as const;
        const outcome = await conversations.post(id, { expectedEpoch: head.epoch, message });
        return outcome.kind === 'posted' ? { kind: 'done' } : outcome;
      }),
    handBack: (id, by, next) => owned(id, by, (head) => unlessDanger(head, () => handBack(head, next))),
    alertClosed: (id) => conversations.setAlert(id, null),
    close: (id, by, _closing) =>
      owned(id, by, (head) =>
        unlessDanger(head, () =>
          give(head, { kind: 'closed', at: clock.now() }, words.closed(head.language)),
        ),
      ),
    ownerLost: (head) =>
      give(head, { kind: 'queue', since: clock.now() }, words.ownerLost(head.language, head.alert !== null)),
  };
}
