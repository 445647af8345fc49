import type { Translations } from '../locales/translate.js';
import type { NewMessage } from '../src/conversations/conversation.js';
import type {
  ConversationChange,
  Conversations,
  OpenedConversation,
} from '../src/conversations/conversations.js';
import type { TurnQueue } from '../src/conversations/turn-queue.js';
import type { Alerts } from '../src/handoff/alerts.js';
import type { HelpContacts } from '../src/handoff/help-contacts.js';
import type { Clock } from '../src/kernel/clock.js';
import { CodedError } from '../src/kernel/errors.js';
import type { AlertId } from '../src/kernel/ids.js';
import type { Logger } from '../src/kernel/log.js';
import { errorFields } from '../src/kernel/log.js';
import type { FactSink } from '../src/reporting/fact.js';
import type { RiskReason } from '../src/safety/risk.js';
import type { Screen } from '../src/safety/screen.js';
import { placeAsked } from './crisis/crisis-state.js';
import { type Decision, decide } from './decide.js';
import { renderAsk, renderSays, wordsFor } from './render.js';
import type { Dialogs } from './run-dialog.js';
import { screenInput } from './screen-input.js';
import type { DialogServices } from './services.js';
import { factsOfTurn, withAbout, withCorps } from './turn-facts.js';
import { type AnsweredInput, readTurnState, remember, type TurnState, topFrame } from './turn-state.js';
import type { CallerInput, TakeTurn, TurnAction, TurnResult } from './turn-types.js';

export interface TurnDependencies {
  clock: Clock;
  conversations: Conversations;
  queue: TurnQueue;
  screen: Screen;
  alerts: Pick<Alerts, 'raise'>;
  help: Pick<HelpContacts, 'keep'>;
  dialogs: Dialogs;
  services: DialogServices;
  translations: Translations;
  facts: FactSink;
  log: Logger;
}

/** Turns of one conversation on several instances may collide; each loser starts again on the new state. */
const ATTEMPTS = 8;
const REPLIES_OF_A_TURN = 50;

/** @see TakeTurn */
export function createTakeTurn(dependencies: TurnDependencies): TakeTurn {
  const { queue } = dependencies;
  return (input) => queue.run(input.conversation, () => takeTurn(dependencies, input));
}

async function takeTurn(dependencies: TurnDependencies, input: CallerInput): Promise<TurnResult> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const opened = await dependencies.conversations.load(input.conversation);
    if (opened === undefined || opened.head.owner.kind === 'closed')
      throw new CodedError('not-found', 'This conversation is over; start a new one.');
    const result = await attemptTurn(dependencies, opened, input);
    if (result !== undefined) return result;
  }
  throw new CodedError('unavailable', 'The conversation is being changed elsewhere; try again.');
}

/** @returns `undefined` when somebody else wrote first */
async function attemptTurn(
  dependencies: TurnDependencies,
  opened: OpenedConversation,
  input: CallerInput,
): Promise<TurnResult | undefined> {
  const state = readTurnState(opened.state);
  const answered = state.answered.find(({ key }) => key === input.key);
  if (answered !== undefined) return replay(dependencies, opened, answered);

  const screening = await screenInput(dependencies, { head: opened.head, state, input });
  const human = opened.head.owner.kind === 'operator';
  const progress = human ? undefined : await decide(dependencies, { opened, state, input, screening });
  const alarm = screening.level === 'vital' ? screening.reason : progress?.effects.alarm;
  const alert = alarm === undefined ? undefined : await raise(dependencies, opened, alarm);
  if (alert !== undefined || opened.head.alert !== null) await keepForHelp(dependencies, input, state);

  const said = callerMessages(input);
  const replies = progress === undefined ? [] : replyMessages(dependencies, opened, progress);
  const from = opened.head.lastSeq + said.length;
  const moved = progress?.state ?? state;
  const memory = withAbout(withCorps(moved.memory, input), { before: state.memory, seq: from });
  const next = remember(
    { ...moved, memory },
    {
      key: input.key,
      from,
      to: from + replies.length,
      spoke: said.length > 0,
    },
  );
  const change: ConversationChange = {
    state: next,
    messages: [...said, ...replies],
    ...(progress?.effects.owner === undefined ? {} : { owner: progress.effects.owner }),
    ...(progress?.effects.lineRequest === undefined ? {} : { lineRequest: progress.effects.lineRequest }),
    ...(progress?.language === undefined ? {} : { language: progress.language }),
    ...(alert === undefined ? {} : { alert }),
  };
  const saved = await dependencies.conversations.save(opened, change);
  if (saved.kind !== 'saved') return undefined;
  const effects = progress?.effects ?? {};
  dependencies.facts.record(
    factsOfTurn({ before: state.memory, after: memory, owner: opened.head.owner, effects }),
  );
  return {
    messages: saved.messages.slice(said.length),
    callerSeq: saved.messages.find(({ from }) => from === 'caller')?.seq ?? null,
    action: actionFor(dependencies, { head: saved.head, state: next }),
    owner: saved.head.owner,
    ...paceOf(next),
    version: saved.head.version,
  };
}

async function raise(
  dependencies: TurnDependencies,
  opened: OpenedConversation,
  reason: RiskReason,
): Promise<AlertId> {
  const alert = await dependencies.alerts.raise(opened.head.id, reason);
  dependencies.log.warn('vital alert', { conversation: opened.head.id, kind: reason });
  return alert.id;
}

/** While a life may be in danger, what may bring help is kept beside the masked words. */
async function keepForHelp(
  { help }: TurnDependencies,
  { kind, conversation, text }: CallerInput,
  state: TurnState,
): Promise<void> {
  if (kind === 'text') await help.keep(conversation, { text, placeAsked: placeAsked(topFrame(state)) });
}

const paceOf = ({ memory }: TurnState): { slow?: true } => (memory.slow === true ? { slow: true } : {});

async function replay(
  dependencies: TurnDependencies,
  { head, state }: OpenedConversation,
  answered: AnsweredInput,
): Promise<TurnResult> {
  const messages = await dependencies.conversations.transcript(head.id, answered.from, REPLIES_OF_A_TURN);
  return {
    messages: (messages ?? []).filter(({ seq, from }) => seq <= answered.to && from === 'bot'),
    callerSeq: answered.spoke ? answered.from : null,
    action: actionFor(dependencies, { head, state: readTurnState(state) }),
    owner: head.owner,
    ...paceOf(readTurnState(state)),
    version: head.version,
  };
}

function callerMessages(input: CallerInput): NewMessage[] {
  if (input.kind !== 'text' && input.kind !== 'keys') return [];
  return [{ from: 'caller', text: input.text, clientKey: input.key }];
}

function replyMessages(
  { translations }: TurnDependencies,
  { head }: OpenedConversation,
  { says, state, language }: Decision,
): NewMessage[] {
  const words = wordsFor(translations, head.channel, language ?? head.language);
  return renderSays(words, says, state.question);
}

function actionFor(
  { translations }: TurnDependencies,
  { head, state }: { head: OpenedConversation['head']; state: TurnState },
): TurnAction {
  if (head.owner.kind === 'operator') return { kind: 'human' };
  if (state.waiting === 'end') return { kind: 'end' };
  if (state.waiting === 'hold-the-line' && head.lineRequest !== null)
    return { kind: 'hold-the-line', request: head.lineRequest };
  const words = wordsFor(translations, head.channel, head.language);
  const ask =
    state.question === null
      ? { choices: [], menu: false, keys: { kind: 'none' } as const, hints: [] }
      : renderAsk(words, state.question, state.misses);
  return { kind: 'listen', ask };
}

/** A failure of the screen is never "fine" (product.md, "Safety protocol"). */
export function guardedScreen(screen: Screen, log: Logger): Screen {
  return (text, context) => {
    try {
      return screen(text, context);
    } catch (error) {
      log.error('the safety screen failed', errorFields(error));
      return { level: 'unsure', reason: 'unclear' };
    }
  };
}
