import type { Language } from '../src/conversations/conversation.js';
import type { OpenedConversation } from '../src/conversations/conversations.js';
import type { Screening } from '../src/safety/screen.js';
import type { Understand, Understanding } from '../src/triage/understand.js';
import { afterHuman, resume } from './after-human.js';
import { type CrisisArgs, lifeQuestionAsked } from './crisis/crisis-state.js';
import type { DialogContext, DialogInput, Say } from './dialog.js';
import { matchChoice } from './match-choice.js';
import { wordsFor } from './render.js';
import { answer, begin, type Progress } from './run-dialog.js';
import type { TurnDependencies } from './turn.js';
import { type TurnState, topFrame } from './turn-state.js';
import type { CallerInput } from './turn-types.js';

export interface Decision extends Progress {
  language?: Language;
}

interface Situation {
  opened: OpenedConversation;
  state: TurnState;
  input: CallerInput;
  screening: Screening;
}

export interface Run {
  dialogs: TurnDependencies['dialogs'];
  context: DialogContext;
  state: TurnState;
}

/** After a clear no to the direct question, an unsure screen does not ask again for so many inputs. */
const QUIET_TURNS = 2;
/** Misunderstandings in a row before a human is offered. */
const MAX_MISSES = 2;
/** A sentence in place of a choice changes the subject only when it is long and clear enough. */
const NEW_SUBJECT_WORDS = 3;
const NEW_SUBJECT_CONFIDENCE = 0.6;

/** What the bot does with an input, in order: danger, language, keys for everybody, then the dialog. */
export async function decide(dependencies: TurnDependencies, situation: Situation): Promise<Decision> {
  const { opened, input, screening } = situation;
  const state = afterHuman(opened.head, situation.state);
  const run: Run = {
    dialogs: dependencies.dialogs,
    context: contextOf(dependencies, opened, state),
    state: { ...state, quietTurns: Math.max(0, state.quietTurns - 1) },
  };
  if (input.kind === 'hang-up') return hungUp(opened, state);
  if (input.kind === 'handed-back') return resume(run, opened.head);
  if (input.kind === 'start')
    return begin({ ...run, state: { ...run.state, stack: [] } }, 'welcome', earlierCall(input));

  if (input.kind === 'offer') return offered(run, opened, input);
  if (input.kind === 'line-ended' && !heldTheLine(state)) return afterTalk(state);
  const danger = await dangerFirst(run, input, screening);
  if (danger !== undefined) return danger;
  if (input.kind === 'text' && asksForEnglish(input.text)) return inEnglish(state);
  if (input.kind === 'text' && asksForSlower(input.text)) return slower(state);
  const heard = afterStar(state, input);
  const key = await keyForEverybody(run, heard);
  if (key !== undefined) return key;

  const progress = await answer(run, dialogInput(dependencies, opened, state, heard));
  if (isCalmed(state, progress)) return backToWords(dependencies, run, { ...situation, state, progress });
  return afterAnswer(run, { ...situation, state, progress });
}

function contextOf(
  { clock, services }: TurnDependencies,
  { head }: OpenedConversation,
  state: TurnState,
): DialogContext {
  return {
    conversation: head.id,
    channel: head.channel,
    language: head.language,
    owner: head.owner,
    now: clock.now(),
    memory: state.memory,
    services: { ...services, understand: onceForEach(services.understand) },
    lineRequest: head.lineRequest,
  };
}

/** A time came free for somebody who waits here. What was going on goes on after; danger and people are not cut into. */
async function offered(run: Run, { head }: OpenedConversation, { text }: CallerInput): Promise<Decision> {
  const { state } = run;
  const isElsewhere = head.owner.kind !== 'bot' || head.alert !== null || state.waiting !== 'listen';
  if (isElsewhere || topFrame(state)?.dialog === 'crisis') return { state, says: [], effects: {} };
  const interrupted = { said: state.said, question: state.question };
  return begin({ ...run, state: { ...state, interrupted } }, 'waiting', { stage: 'told', ticket: text });
}

/** The turn may look at the same words twice: to see whether they change the subject, and to answer them. */
function onceForEach(understand: Understand): Understand {
  const known = new Map<string, Understanding>();
  return (text) => {
    const understanding = known.get(text) ?? understand(text);
    known.set(text, understanding);
    return understanding;
  };
}

/** Vital: whatever was going on stops. Unsure: one direct question, then back to what was said. */
async function dangerFirst(
  run: Run,
  input: CallerInput,
  screening: Screening,
): Promise<Decision | undefined> {
  const top = topFrame(run.state);
  if (screening.level === 'vital' && (top?.dialog !== 'crisis' || lifeQuestionAsked(top))) {
    const stack = top?.dialog === 'crisis' ? run.state.stack.slice(0, -1) : run.state.stack;
    const args: CrisisArgs = { stage: 'protocol', reason: screening.reason };
    return begin({ ...run, state: { ...run.state, stack } }, 'crisis', args);
  }
  if (screening.level !== 'unsure' || top?.dialog === 'crisis') return undefined;
  const { said, question } = run.state;
  const args: CrisisArgs = { stage: 'ask', reason: screening.reason };
  const interrupted = { said, question, words: input.text };
  return begin({ ...run, state: { ...run.state, interrupted } }, 'crisis', args);
}

/** What a channel knows of an earlier call of the same number: the conversation's id, or nothing. */
const earlierCall = ({ text }: CallerInput): { earlier?: string } => (text === '' ? {} : { earlier: text });

/** The caller has gone. The conversation stays open while somebody may be in danger. */
function hungUp(opened: OpenedConversation, state: TurnState): Decision {
  const ended: TurnState = { ...state, waiting: 'end' };
  const keep = opened.head.alert !== null || opened.head.owner.kind !== 'bot';
  return {
    state: ended,
    says: [],
    effects: keep ? {} : { owner: { kind: 'closed', at: opened.head.activeAt } },
  };
}

/** Dialogs that put somebody in line go on from there themselves. */
const heldTheLine = (state: TurnState): boolean =>
  ['phone-line', 'handoff', 'crisis'].includes(topFrame(state)?.dialog ?? '');

/** Somebody of the staff asked for this caller and has talked with them: back to where the caller was. */
function afterTalk(state: TurnState): Decision {
  const says: Say[] = [{ key: 'phone.after-call' }, ...state.said.slice(-1)];
  return { state, says, effects: { lineRequest: null } };
}

/** Asked in a few words; a story in which English occurs asks for nothing. */
const ENGLISH_ASKED =
  /^\W*(?:english|anglais)\W*$|\bin english\W*$|\b(?:speak|talk|continue|switch|answer|reply)(?: \w+){0,2}? english\b|\benglish,? please\b|\bvous (?:parlez|comprenez) (?:l['’ ])?anglais\b|\bparlez[- ]vous anglais\b|\bje (?:voudrais|veux|peux|préfère|prefere)(?: \w+)? (?:parler|continuer|écrire|ecrire)? ?(?:en )?anglais\b|\ben anglais,? (?:s['’ ]il|svp|please)/i;
const MOST_WORDS = 12;

const asksForEnglish = (text: string): boolean =>
  text.length <= 120 && text.trim().split(/\s+/).length <= MOST_WORDS && ENGLISH_ASKED.test(text);

function inEnglish(state: TurnState): Decision {
  return { ...repeat(state), language: 'en' };
}

const asksForSlower = (text: string): boolean =>
  /^\W*((parlez|parle)\s+)?(moins vite|(plus )?lentement|(speak )?(more )?slow(ly|er))\b/i.test(
    text.slice(0, 60),
  );

function slower(state: TurnState): Decision {
  return repeat({ ...state, memory: { ...state.memory, slow: true } });
}

const repeat = (state: TurnState): Progress => ({ state, says: [...state.said], effects: {} });

/** While a code is being keyed, `*` starts it again: what came before does not count. */
function afterStar(state: TurnState, input: CallerInput): CallerInput {
  const star = input.text.lastIndexOf('*');
  const keying = input.kind === 'keys' && state.question?.keys.kind === 'code';
  return keying && star >= 0 && star < input.text.length - 1
    ? { ...input, text: input.text.slice(star + 1) }
    : input;
}

/** `0` is a human and `*` repeats, unless a code is being keyed (product.md, "Immediate telephone line"). */
async function keyForEverybody(run: Run, input: CallerInput): Promise<Decision | undefined> {
  if (input.kind !== 'keys') return undefined;
  if (input.text === '*') return repeat(run.state);
  if (input.text === '#' && run.context.channel === 'phone') return begin(withoutTop(run), 'chat-code', {});
  if (input.text === '0') return begin(withoutTop(run), 'handoff', { because: 'asked' });
  return undefined;
}

const withoutTop = (run: Run): Run =>
  topFrame(run.state)?.dialog === 'crisis' ? run : { ...run, state: { ...run.state, stack: [] } };

function dialogInput(
  { translations }: TurnDependencies,
  { head }: OpenedConversation,
  state: TurnState,
  input: CallerInput,
): DialogInput {
  const kind =
    input.kind === 'line-ended' || input.kind === 'silence' || input.kind === 'keys' ? input.kind : 'text';
  const choices = state.question?.choices ?? [];
  const words = wordsFor(translations, head.channel, head.language);
  const choice =
    kind === 'keys' || kind === 'text'
      ? matchChoice(input.text, choices, choices.map(words.title))
      : undefined;
  return { kind, text: input.text, choice };
}

/** A clear no to the direct question. */
const isCalmed = (state: TurnState, progress: Progress): boolean =>
  topFrame(state)?.dialog === 'crisis' && topFrame(progress.state)?.dialog !== 'crisis';

/** The words that led to the direct question are answered now: nobody has to say them twice. */
async function backToWords(
  dependencies: TurnDependencies,
  run: Run,
  { opened, state, progress }: Situation & { progress: Progress },
): Promise<Decision> {
  const quiet = { ...progress, state: { ...progress.state, quietTurns: QUIET_TURNS } };
  const { words = '', said = [] } = state.interrupted ?? {};
  if (words === '' || quiet.state.stack.length === 0) return quiet;
  const input: CallerInput = { conversation: opened.head.id, key: '', kind: 'text', text: words };
  const resumed = await answer(
    { ...run, state: quiet.state },
    dialogInput(dependencies, opened, quiet.state, input),
  );
  if (resumed.state.misses > quiet.state.misses) return quiet;
  const thanks = quiet.says.slice(0, quiet.says.length - said.slice(-1).length);
  return {
    ...resumed,
    says: [...thanks, ...resumed.says],
    effects: { ...quiet.effects, ...resumed.effects },
  };
}

async function afterAnswer(
  run: Run,
  { state, input, progress }: Situation & { progress: Progress },
): Promise<Decision> {
  const misunderstood = progress.state.misses > state.misses;
  if (!misunderstood) return progress;
  const elsewhere = await newSubject(run, input);
  if (elsewhere !== undefined) return elsewhere;
  if (progress.state.misses >= MAX_MISSES)
    return begin(withoutTop(run), 'handoff', { because: 'not-understood' });
  return askAgain(progress, input);
}

/** Somebody who answers a menu with a sentence about something else is followed. */
async function newSubject(run: Run, input: CallerInput): Promise<Decision | undefined> {
  if (input.kind !== 'text' || topFrame(run.state)?.dialog === 'crisis') return undefined;
  if (input.text.trim().split(/\s+/, NEW_SUBJECT_WORDS).length < NEW_SUBJECT_WORDS) return undefined;
  const understanding = run.context.services.understand(input.text);
  if (understanding.ask !== null || understanding.confidence < NEW_SUBJECT_CONFIDENCE) return undefined;
  return begin({ ...run, state: { ...run.state, stack: [] } }, 'triage', { text: input.text });
}

function askAgain(progress: Progress, input: CallerInput): Decision {
  const { question } = progress.state;
  const sorry: Say = { key: input.kind === 'silence' ? 'common.not-heard' : 'common.not-understood' };
  const says = question === null ? [sorry] : [sorry, question.again];
  return { ...progress, says };
}
