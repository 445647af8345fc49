import { type Clock, type Instant, SECOND } from '../kernel/clock.js';
import { type AlertId, type ConversationId, newId, type StaffId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import type { RiskReason } from '../safety/risk.js';
import { type Alert, type AlertOutcome, type AlertState, alarmOf } from './alert.js';
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
  /** It is somebody else's now, if it still was the first one's. */
  pass(id: AlertId, change: { from: StaffId; to: StaffId }): Promise<void>;
  /** Its owner has gone silent: everybody is alerted anew. `not-yours`: it was no longer theirs. */
  reopen(id: AlertId, owner: StaffId): Promise<'reopened' | 'not-yours' | 'unknown'>;
  /** Notes that people are called for it once more; one of several who notice at once wins. */
  calledAgain(alert: Alert): Promise<boolean>;
  /** Alerts that are not closed, oldest first. */
  live(limit: number): Promise<Alert[]>;
  get(id: AlertId): Promise<Alert | undefined>;
  /** The alert of this conversation that is not closed. */
  of(conversation: ConversationId): Promise<Alert | undefined>;
}

/** A new state to write, if there is one, and what to answer once it is written. */
interface Move<T> {
  state?: AlertState;
  alarm?: Alert['alarm'];
  answer: T;
}

const ATTEMPTS = 10;

export const isOverdue = (alert: Alert, now: Instant): boolean =>
  alert.state.kind === 'open' && now - alarmOf(alert).since >= ACKNOWLEDGE_WITHIN;

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
      const { state, alarm, answer } = decide(alert);
      if (state === undefined) return answer;
      const next = { ...alert, state, ...(alarm === undefined ? {} : { alarm }), version: alert.version + 1 };
      if ((await store.save(next)) === 'conflict') continue;
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
    async pass(id, { from, to }) {
      await move(id, ({ state }) =>
        state.kind === 'acknowledged' && state.by === from
          ? { state: { ...state, by: to }, answer: 'passed' }
          : { answer: 'not-yours' },
      );
    },
    reopen: (id, owner) =>
      move<'reopened' | 'not-yours'>(id, ({ state }) =>
        state.kind === 'acknowledged' && state.by === owner
          ? { state: { kind: 'open' }, alarm: { since: clock.now(), calls: 0 }, answer: 'reopened' }
          : { answer: 'not-yours' },
      ),
    async calledAgain(alert) {
      if (alert.state.kind !== 'open') return false;
      const { since, calls } = alarmOf(alert);
      const next = { ...alert, alarm: { since, calls: calls + 1 }, version: alert.version + 1 };
      if ((await store.save(next)) === 'conflict') return false;
      await changed(alert.conversation);
      return true;
    },
    live: (limit) => store.listLive(limit),
    get: (id) => store.get(id),
    of: (conversation) => store.live(conversation),
  };
}
