import { type Clock, type Instant, SECOND } from '../kernel/clock.js';
import { type AlertId, type ConversationId, newId, type StaffId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import type { RiskReason } from '../safety/risk.js';
import type { Alert, AlertOutcome, AlertState } from './alert.js';
import type { AlertStore } from './alert-store.js';

/** Unacknowledged for so long, an alert goes to everybody again (product.md, "Safety protocol"). */
export const ACKNOWLEDGE_WITHIN = 60 * SECOND;

export type AcknowledgeOutcome =
  | { kind: 'acknowledged' }
  | { kind: 'already'; by: StaffId }
  | { kind: 'unknown' };
export type CloseOutcome =
  | { kind: 'closed'; conversation: ConversationId }
  | { kind: 'not-yours' }
  | { kind: 'unknown' };

export interface Alerts {
  /** Raising again while an alert is open gives that alert. */
  raise(conversation: ConversationId, reason: RiskReason): Promise<Alert>;
  /** One person owns the alert; the others learn who. */
  acknowledge(id: AlertId, by: StaffId): Promise<AcknowledgeOutcome>;
  /** Only who acknowledged it closes it, with an outcome. */
  close(id: AlertId, by: StaffId, outcome: AlertOutcome): Promise<CloseOutcome>;
  /** Alerts that are not closed, oldest first. */
  live(limit: number): Promise<Alert[]>;
}

/** A new state to write, if there is one, and what to answer once it is written. */
interface Move<T> {
  state?: AlertState;
  answer: T;
}

const ATTEMPTS = 10;

export const isOverdue = (alert: Alert, now: Instant): boolean =>
  alert.state.kind === 'open' && now - alert.openedAt >= ACKNOWLEDGE_WITHIN;

export function createAlerts(dependencies: {
  clock: Clock;
  random: Random;
  store: AlertStore;
  /** Told after each change. */
  changed: (conversation: ConversationId) => Promise<void>;
}): Alerts {
  const { clock, random, store, changed } = dependencies;

  /** Moves an alert on, unless somebody else just did: then looks again. */
  const move = async <T>(id: AlertId, decide: (alert: Alert) => Move<T>): Promise<T | 'unknown'> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const alert = await store.get(id);
      if (alert === undefined) return 'unknown';
      const { state, answer } = decide(alert);
      if (state === undefined) return answer;
      if ((await store.save({ ...alert, state, version: alert.version + 1 })) === 'conflict') continue;
      await changed(alert.conversation);
      return answer;
    }
    throw new Error('an alert was changed too often at once');
  };

  return {
    async raise(conversation, reason) {
      const alert: Alert = {
        id: newId<AlertId>(random),
        conversation,
        reason,
        openedAt: clock.now(),
        state: { kind: 'open' },
        version: 1,
      };
      const outcome = await store.open(alert);
      if (outcome.kind === 'already-open') return outcome.alert;
      await changed(conversation);
      return alert;
    },
    async acknowledge(id, by) {
      const answer = await move<AcknowledgeOutcome>(id, ({ state }) =>
        state.kind === 'open'
          ? { state: { kind: 'acknowledged', by, at: clock.now() }, answer: { kind: 'acknowledged' } }
          : { answer: { kind: 'already', by: state.by } },
      );
      return answer === 'unknown' ? { kind: 'unknown' } : answer;
    },
    async close(id, by, outcome) {
      const answer = await move<CloseOutcome>(id, ({ state, conversation }) =>
        state.kind === 'acknowledged' && state.by === by
          ? {
              state: { kind: 'closed', by, at: clock.now(), outcome },
              answer: { kind: 'closed', conversation },
            }
          : { answer: { kind: 'not-yours' } },
      );
      return answer === 'unknown' ? { kind: 'unknown' } : answer;
    },
    live: (limit) => store.listLive(limit),
  };
}
