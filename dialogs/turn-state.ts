import { z } from 'zod';
import { DIALOGS, type Frame, type Memory, type Question, type Say } from './dialog.js';

/** How many inputs are remembered, so that one that comes twice is answered once. */
const REMEMBERED_INPUTS = 40;

/** `from`: last message before the replies; `to`: last of the replies. */
const answeredInput = z.object({ key: z.string(), from: z.number(), to: z.number(), spoke: z.boolean() });

const turnStateSchema = z.object({
  stack: z.array(z.object({ dialog: z.enum(DIALOGS), state: z.unknown() })),
  memory: z.custom<Memory>((value) => typeof value === 'object' && value !== null),
  /** What was last said, to be repeated on `*`. */
  said: z.array(z.custom<Say>()),
  question: z.custom<Question>().nullable(),
  waiting: z.enum(['listen', 'hold-the-line', 'end']),
  /** Consecutive inputs that were not understood, or silent. */
  misses: z.number(),
  /** What was asked, and what was said, when the direct question cut in: to go back to after a clear no. */
  interrupted: z.custom<{ said: Say[]; question: Question | null; words?: string }>().nullable(),
  /** Inputs still to come for which an unsure screen does not ask again, after a clear no. */
  quietTurns: z.number(),
  answered: z.array(answeredInput),
  /** Last message of the last part a person had that the bot has read. */
  humanSeen: z.number().optional(),
});

export type TurnState = z.infer<typeof turnStateSchema>;
export type AnsweredInput = z.infer<typeof answeredInput>;

export const emptyTurnState = (): TurnState => ({
  stack: [],
  memory: { codeTries: 0 },
  said: [],
  question: null,
  waiting: 'listen',
  misses: 0,
  interrupted: null,
  quietTurns: 0,
  answered: [],
});

/** A state that cannot be read (an older version) starts afresh: the transcript is kept, the dialog is not. */
export function readTurnState(stored: unknown): TurnState {
  const parsed = turnStateSchema.safeParse(stored);
  return parsed.success ? parsed.data : emptyTurnState();
}

export const remember = (state: TurnState, input: AnsweredInput): TurnState => ({
  ...state,
  answered: [...state.answered, input].slice(-REMEMBERED_INPUTS),
});

export const topFrame = (state: TurnState): Frame | undefined => state.stack.at(-1);
