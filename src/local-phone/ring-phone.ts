import type { CallLeg } from './call-leg.js';
import type { Behaviour, Callee, CallStatus } from './callee.js';
import type { PhoneClock } from './phone-clock.js';

const RING_SECONDS = 2;

/** How a phone that does not answer ends its ringing. */
const UNANSWERED: Readonly<Partial<Record<Behaviour, CallStatus>>> = {
  busy: 'busy',
  failed: 'failed',
  'no-answer': 'no-answer',
};

export interface Ringing {
  leg: CallLeg;
  callee: Callee;
  clock: PhoneClock;
  /** Seconds until the caller gives up. */
  timeout: number;
  signal?: AbortSignal | undefined;
}

/**
 * Rings a phone as Twilio does: initiated, ringing, then answered or how it ended.
 * @returns `in-progress` when somebody picked up: the leg is theirs to run
 */
export async function ringPhone({ leg, callee, clock, timeout, signal }: Ringing): Promise<CallStatus> {
  await leg.tell('initiated');
  if (callee.behaviour === 'failed') return ended(leg, 'failed');
  if (callee.behaviour === 'busy') return ended(leg, 'busy');
  await leg.tell('ringing');
  if (callee.picksUp !== undefined) return byHand({ leg, callee, clock, timeout, signal });
  const silent = UNANSWERED[callee.behaviour] !== undefined;
  const after = silent ? timeout : Math.min(callee.after ?? RING_SECONDS, timeout);
  await clock.sleep(after, signal);
  if (signal?.aborted || leg.isOver) return ended(leg, 'canceled');
  if (silent || (callee.after ?? RING_SECONDS) >= timeout) return ended(leg, 'no-answer');
  await leg.tell('in-progress');
  return 'in-progress';
}

/** Rings until somebody decides, the time is over, or the caller gives up. */
async function byHand({ leg, callee, clock, timeout, signal }: Ringing): Promise<CallStatus> {
  const stop = new AbortController();
  signal?.addEventListener('abort', () => stop.abort(), { once: true });
  const late = clock.sleep(timeout, stop.signal).then(() => 'late' as const);
  const decided = await Promise.race([callee.picksUp?.(stop.signal), late]);
  const gone = signal?.aborted === true || leg.isOver;
  stop.abort();
  if (gone) return ended(leg, 'canceled');
  if (decided === 'late') return ended(leg, 'no-answer');
  if (decided !== true) return ended(leg, 'busy');
  await leg.tell('in-progress');
  return 'in-progress';
}

async function ended(leg: CallLeg, status: CallStatus): Promise<CallStatus> {
  await leg.tell(status);
  return status;
}
