import type { Party } from './party.js';

/** How somebody who is rung behaves. */
export type Behaviour = 'answers' | 'refuses' | 'voicemail' | 'no-answer' | 'busy' | 'failed';

export interface Callee {
  behaviour: Behaviour;
  party: Party;
  /** Seconds of ringing before they pick up. */
  after?: number;
  /** In place of `after`: resolves when they pick up, or refuse; `signal`: it rings no more. */
  picksUp?: (signal: AbortSignal) => Promise<boolean>;
  /** Told when the call that rang them is over. */
  ended?: () => void;
}

export type CallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled';

export type CallEvent = 'initiated' | 'ringing' | 'answered' | 'completed';

export const isFinal = (status: CallStatus): boolean =>
  ['completed', 'busy', 'failed', 'no-answer', 'canceled'].includes(status);

/** The event that announces a status, as Twilio names events. */
export function eventOf(status: CallStatus): CallEvent | undefined {
  if (status === 'initiated' || status === 'ringing') return status;
  if (status === 'in-progress') return 'answered';
  return isFinal(status) ? 'completed' : undefined;
}
