import { ALL_DIALOGS } from '../../dialogs/all-dialogs.js';
import type { DialogName, Question } from '../../dialogs/dialog.js';
import { createTakeTurn, guardedScreen } from '../../dialogs/turn.js';
import { emptyTurnState, type TurnState } from '../../dialogs/turn-state.js';
import type { TakeTurn } from '../../dialogs/turn-types.js';
import { loadTranslations } from '../../locales/translate.js';
import type { Channel, ConversationHead, Message, Owner } from '../../src/conversations/conversation.js';
import type { Conversations } from '../../src/conversations/conversations.js';
import { createTurnQueue } from '../../src/conversations/turn-queue.js';
import { createAdviser } from '../../src/directory/adviser.js';
import { loadDirectory } from '../../src/directory/load-directory.js';
import type { Alerts } from '../../src/handoff/alerts.js';
import { type AlertId, asId, type ConversationId } from '../../src/kernel/ids.js';
import { createLogger } from '../../src/kernel/log.js';
import { loadScreen } from '../../src/safety/load-screen.js';
import type { RiskReason } from '../../src/safety/risk.js';
import type { Screen } from '../../src/safety/screen.js';
import { loadUnderstand } from '../../src/triage/load-understand.js';
import { frozenClock } from './frozen-clock.js';

/** The real turn and the real dialogs over one conversation in memory, put where a test wants it. */
export interface MemoryTurns {
  takeTurn: TakeTurn;
  conversation: ConversationId;
  alerts: RiskReason[];
  /** The conversation as if this dialog were listening to the answer to this question. */
  put(place: {
    dialog: DialogName;
    state?: unknown;
    question?: Question | null;
    channel?: Channel;
    owner?: Owner;
  }): void;
  state(): TurnState;
  say(text: string): ReturnType<TakeTurn>;
}

const CONVERSATION = asId<ConversationId>('c0000000000000000000000000000001');
const log = createLogger('silent');
const translations = loadTranslations();

export function memoryTurns(screen: Screen = loadScreen(log)): MemoryTurns {
  const clock = frozenClock('2026-03-02T08:00:00Z');
  const alerts: RiskReason[] = [];
  let head = newHead('web', { kind: 'bot' });
  let state: unknown = emptyTurnState();
  let messages: Message[] = [];
  let count = 0;

  const conversations: Pick<Conversations, 'load' | 'save' | 'transcript'> = {
    load: async () => ({ head: { ...head }, state: structuredClone(state) }),
    async save(opened, change) {
      if (opened.head.version !== head.version) return { kind: 'conflict' };
      const added = change.messages.map(
        (message, index): Message => ({ ...message, seq: head.lastSeq + 1 + index, at: clock.now() }),
      );
      messages = [...messages, ...added];
      state = structuredClone(change.state);
      head = {
        ...head,
        version: head.version + 1,
        lastSeq: head.lastSeq + added.length,
        owner: change.owner ?? head.owner,
        alert: change.alert ?? head.alert,
      };
      return { kind: 'saved', head: { ...head }, messages: added };
    },
    transcript: async (_id, after, limit) => messages.filter(({ seq }) => seq > after).slice(0, limit),
  };
  const raised: Pick<Alerts, 'raise'> = {
    async raise(conversation, reason) {
      alerts.push(reason);
      const id = asId<AlertId>('a1');
      return { id, conversation, reason } as Awaited<ReturnType<Alerts['raise']>>;
    },
  };
  const nobody = { psychologists: 0, operators: 0 };
  const takeTurn = createTakeTurn({
    clock,
    conversations: conversations as Conversations,
    queue: createTurnQueue(),
    screen: guardedScreen(screen, log),
    alerts: raised,
    help: { keep: async () => undefined },
    dialogs: ALL_DIALOGS,
    services: {
      understand: loadUnderstand(log),
      booking: {} as never,
      adviser: createAdviser({
        clock,
        shipped: loadDirectory(),
        edits: { list: async () => [] },
        gaps: { add: async () => undefined },
      }),
      line: {
        request: async () => asId('r1'),
        leave: async () => undefined,
        onDuty: async () => nobody,
        giveCode: async () => '000000',
        useCode: async () => 'unknown',
        joinEarlier: async () => undefined,
      },
      hours: {
        stateOf: async () => ({ kind: 'unknown' }),
        hoursOf: async () => undefined,
        opensBetween: async () => undefined,
      },
      lineNumber: '',
    },
    facts: { record: () => undefined },
    translations,
    log,
  });

  return {
    takeTurn,
    conversation: CONVERSATION,
    alerts,
    put({ dialog, state: own = {}, question = null, channel = 'web', owner = { kind: 'bot' } }) {
      head = newHead(channel, owner);
      messages = [];
      alerts.length = 0;
      state = { ...emptyTurnState(), stack: [{ dialog, state: own }], question };
    },
    state: () => state as TurnState,
    say(text) {
      count += 1;
      return takeTurn({ conversation: CONVERSATION, key: `k${count}`, kind: 'text', text });
    },
  };
}

const newHead = (channel: Channel, owner: Owner): ConversationHead => ({
  id: CONVERSATION,
  channel,
  language: 'fr',
  owner,
  epoch: 0,
  version: 0,
  lastSeq: 0,
  openedAt: 0 as ConversationHead['openedAt'],
  activeAt: 0 as ConversationHead['activeAt'],
  alert: null,
  lineRequest: null,
  sealedState: '',
});
