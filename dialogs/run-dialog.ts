import type {
  Dialog,
  DialogContext,
  DialogInput,
  DialogName,
  Effects,
  Frame,
  Question,
  Say,
  Step,
} from './dialog.js';
import type { TurnState } from './turn-state.js';

/** Steps one input may take through the dialogs; more means that two dialogs send each other the caller. */
const MAX_STEPS = 12;

export type Dialogs = Readonly<Record<DialogName, Dialog>>;

/** Where the conversation stands after one input, before it is saved. */
export interface Progress {
  state: TurnState;
  says: Say[];
  effects: Effects;
}

type Move =
  | { kind: 'start'; dialog: DialogName; with: unknown }
  | { kind: 'answer'; input: DialogInput }
  | { kind: 'resume'; result: unknown };

/** Begins a dialog with an empty stack below it, or on top of what was going on. */
export function begin(
  run: { dialogs: Dialogs; context: DialogContext; state: TurnState },
  dialog: DialogName,
  args: unknown,
): Promise<Progress> {
  return advance(run.dialogs, run.context, run.state, { kind: 'start', dialog, with: args });
}

/** Gives an input to the dialog that listens. */
export function answer(
  run: { dialogs: Dialogs; context: DialogContext; state: TurnState },
  input: DialogInput,
): Promise<Progress> {
  return advance(run.dialogs, run.context, run.state, { kind: 'answer', input });
}

async function advance(
  dialogs: Dialogs,
  context: DialogContext,
  state: TurnState,
  first: Move,
): Promise<Progress> {
  let progress: Progress = { state, says: [], effects: {} };
  let move: Move | undefined = first;
  for (let count = 0; count < MAX_STEPS && move !== undefined; count += 1) {
    const step = await take(dialogs, withEffects(context, progress), progress.state.stack, move);
    [progress, move] = apply(progress, step, move);
  }
  if (move !== undefined) throw new Error('dialogs did not come to a question');
  return progress;
}

function take(dialogs: Dialogs, context: DialogContext, stack: readonly Frame[], move: Move): Promise<Step> {
  if (move.kind === 'start') return dialogs[move.dialog].start(context, move.with);
  const top = stack.at(-1);
  if (top === undefined) return dialogs.triage.start(context, wordsOf(move));
  const dialog = dialogs[top.dialog];
  if (move.kind === 'answer') return dialog.answer(context, top.state, move.input);
  if (dialog.resumed === undefined) return dialog.start(context, top.state);
  return dialog.resumed(context, top.state, move.result);
}

/** Nothing is under way (the end of a dialog, a state that could not be read): the caller's words still count. */
const wordsOf = (move: Move): { text?: string } =>
  move.kind === 'answer' && move.input.kind === 'text' ? { text: move.input.text } : {};

/** A dialog sees what the steps before it changed, although nothing is saved yet. */
const withEffects = (context: DialogContext, { effects, state }: Progress): DialogContext => ({
  ...context,
  memory: state.memory,
  owner: effects.owner ?? context.owner,
  lineRequest: effects.lineRequest === undefined ? context.lineRequest : effects.lineRequest,
});

function apply(progress: Progress, step: Step, move: Move): [Progress, Move | undefined] {
  if (step.kind === 'misunderstood') return [{ ...progress, state: missed(progress.state) }, undefined];
  const next: Progress = {
    state: { ...progress.state, misses: 0, memory: { ...progress.state.memory, ...step.effects?.memory } },
    says: [...progress.says, ...step.says],
    effects: merge(progress.effects, step.effects),
  };
  const { stack } = progress.state;
  const below = move.kind === 'start' ? stack : stack.slice(0, -1);
  const current = move.kind === 'start' ? move.dialog : (stack.at(-1)?.dialog ?? 'triage');

  switch (step.kind) {
    case 'ask':
      return [listening(next, [...below, { dialog: current, state: step.state }], step.question), undefined];
    case 'hold-the-line':
      return [holding(next, [...below, { dialog: current, state: step.state }], step.question), undefined];
    case 'end':
      return [ended(next), undefined];
    case 'replace':
      return [withStack(next, below), { kind: 'start', dialog: step.dialog, with: step.with }];
    case 'begin':
      return [
        withStack(next, [...below, { dialog: current, state: step.state }]),
        { kind: 'start', dialog: step.dialog, with: step.with },
      ];
    case 'return':
      return [restored(next, below), undefined];
    case 'done':
      return [withStack(next, below), { kind: 'resume', result: step.result }];
  }
}

const missed = (state: TurnState): TurnState => ({ ...state, misses: state.misses + 1 });

const withStack = (progress: Progress, stack: Frame[]): Progress => ({
  ...progress,
  state: { ...progress.state, stack },
});

const listening = (progress: Progress, stack: Frame[], question: Question): Progress => ({
  ...progress,
  state: { ...progress.state, stack, question, said: progress.says, waiting: 'listen' },
});

const restored = (progress: Progress, stack: Frame[]): Progress => {
  const { said, question } = progress.state.interrupted ?? { said: [], question: null };
  const state = { ...progress.state, stack, question, said, interrupted: null, waiting: 'listen' as const };
  return { ...progress, says: [...progress.says, ...said.slice(-1)], state };
};

const holding = (progress: Progress, stack: Frame[], question: Question | undefined): Progress => ({
  ...progress,
  state: {
    ...progress.state,
    stack,
    question: question ?? null,
    said: progress.says,
    waiting: 'hold-the-line',
  },
});

const ended = (progress: Progress): Progress => ({
  ...progress,
  state: { ...progress.state, stack: [], question: null, said: progress.says, waiting: 'end' },
});

function merge(before: Effects, now: Effects | undefined): Effects {
  if (now === undefined) return before;
  return { ...before, ...now, facts: [...(before.facts ?? []), ...(now.facts ?? [])] };
}
