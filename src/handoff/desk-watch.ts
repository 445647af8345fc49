import type { ConversationHead } from '../conversations/conversation.js';
import type { Conversations } from '../conversations/conversations.js';
import { type Clock, type Instant, MINUTE, SECOND } from '../kernel/clock.js';
import type { StaffId } from '../kernel/ids.js';
import { type Alert, alarmOf } from './alert.js';
import { ACKNOWLEDGE_WITHIN, type Alerts } from './alerts.js';
import type { Desk } from './desk.js';
import type { Escalation } from './escalation.js';
import type { Presences } from './presences.js';
import { liveOffer } from './transfers.js';

/** A page that has not answered for so long is gone; sooner where a life may be in danger. */
export const OWNER_LOST_AFTER = 45 * SECOND;
export const VITAL_OWNER_LOST_AFTER = 8 * SECOND;
/** How often somebody must look, so that the caller is back in line within 60 s, and within 10 s in danger. */
export const LOOK_EVERY = 2 * SECOND;
/** After all operators a second time, the coordinators' phones: so long after, then again and again. */
const COORDINATOR_AFTER = 20 * SECOND;
const COORDINATOR_AGAIN = MINUTE;
const MOST_CALLS = 60;
const LOOKED_AT = 1_000;

export interface DeskWatch {
  /**
   * Does what is due: alerts nobody took, conversations whose owner's machine is gone, offers nobody answered.
   * All of it is decided by what is stored and by one conditional write each, so any instance may look, at any time,
   * and a restart loses nothing.
   * @returns how many things were done
   */
  look(): Promise<number>;
}

/** When an alert that nobody has calls people for the nth time (0: all operators again). */
export function nextCallAt(alert: Alert): Instant | undefined {
  const { since, calls } = alarmOf(alert);
  if (alert.state.kind !== 'open' || calls >= MOST_CALLS) return undefined;
  const first = ACKNOWLEDGE_WITHIN;
  const wait = calls === 0 ? first : first + COORDINATOR_AFTER + (calls - 1) * COORDINATOR_AGAIN;
  return (since + wait) as Instant;
}

export function createDeskWatch(parts: {
  clock: Clock;
  conversations: Pick<Conversations, 'list' | 'head' | 'setOffer'>;
  alerts: Pick<Alerts, 'live' | 'calledAgain' | 'reopen'>;
  presences: Pick<Presences, 'seenAt'>;
  desk: Pick<Desk, 'ownerLost'>;
  escalation: Escalation;
}): DeskWatch {
  const { clock, conversations, alerts, presences, desk, escalation } = parts;

  const isGone = async (staff: StaffId, since: Instant, limit: number): Promise<boolean> => {
    const seen = (await presences.seenAt(staff)) ?? since;
    return clock.now() - Math.max(seen, since) >= limit;
  };

  const escalate = async (alert: Alert): Promise<number> => {
    const due = nextCallAt(alert);
    if (due === undefined || clock.now() < due) return 0;
    if (!(await alerts.calledAgain(alert))) return 0;
    await escalation.ring(alarmOf(alert).calls);
    return 1;
  };

  /** Whoever took the alert is gone: it is everybody's again, whoever has the conversation. */
  const reopen = async ({ id, state }: Alert): Promise<number> => {
    if (state.kind !== 'acknowledged') return 0;
    if (!(await isGone(state.by, state.at, VITAL_OWNER_LOST_AFTER))) return 0;
    return (await alerts.reopen(id, state.by)) === 'reopened' ? 1 : 0;
  };

  /** A call goes on by telephone whatever happens to the page. */
  const giveBack = async (head: ConversationHead): Promise<number> => {
    if (head.owner.kind !== 'operator' || head.channel === 'phone') return 0;
    const limit = head.alert === null ? OWNER_LOST_AFTER : VITAL_OWNER_LOST_AFTER;
    if (!(await isGone(head.owner.staff, head.owner.since, limit))) return 0;
    return (await desk.ownerLost(head)).kind === 'done' ? 1 : 0;
  };

  const endOffer = async (head: ConversationHead): Promise<number> => {
    if (!head.offer || liveOffer(head, clock.now()) !== undefined) return 0;
    const ended = { expectedEpoch: head.epoch, offer: null };
    return (await conversations.setOffer(head.id, ended)).kind === 'posted' ? 1 : 0;
  };

  return {
    async look() {
      let done = 0;
      for (const head of await conversations.list(['operator'], LOOKED_AT))
        done += (await giveBack(head)) + (await endOffer(head));
      for (const alert of await alerts.live(LOOKED_AT))
        done += (await reopen(alert)) + (await escalate(alert));
      return done;
    },
  };
}
