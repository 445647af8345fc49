import type { Audit } from '../accounts/audit.js';
import { asId, type StaffId } from '../kernel/ids.js';
import type { Callbacks } from '../phone-line/callbacks.js';
import type { ResponderId } from '../phone-line/line.js';

/** The same callbacks, which write down what staff did with one once it is done. */
export function auditedCallbacks(audit: Pick<Audit, 'record'>, callbacks: Callbacks): Callbacks {
  /** Whoever acts here has an account. */
  const record = (by: ResponderId, on: string): Promise<void> =>
    audit.record({ by: asId<StaffId>(by), act: 'callback-changed', on });
  return {
    ...callbacks,
    async claim(on, by) {
      const outcome = await callbacks.claim(on, by);
      if (outcome.kind === 'claimed') await record(by, on);
      return outcome;
    },
    async release(on, by) {
      await callbacks.release(on, by);
      await record(by, on);
    },
    async call(on, by) {
      const outcome = await callbacks.call(on, by);
      if (outcome.kind === 'ringing') await record(by, on);
      return outcome;
    },
    async done(on, by, outcome) {
      const ended = await callbacks.done(on, by, outcome);
      if (ended === 'done') await record(by, on);
      return ended;
    },
  };
}
