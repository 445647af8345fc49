import type { Conversations } from '../conversations/conversations.js';
import { type Alerts, isOverdue } from '../handoff/alerts.js';
import type { Clock } from '../kernel/clock.js';
import type { PhoneLine } from '../phone-line/phone-line.js';
import type { Stores } from '../storage/stores.js';
import type { Situation } from './metrics.js';

const MOST_WATCHED = 500;

/** For `/metrics`: numbers, and nothing of whom. */
export async function situationOf(parts: {
  alerts: Pick<Alerts, 'live'>;
  conversations: Pick<Conversations, 'list'>;
  phoneLine: Pick<PhoneLine, 'onDuty'>;
  stores: Pick<Stores, 'lineRequests' | 'jobs'>;
  clock: Clock;
}): Promise<Situation> {
  const { stores, clock } = parts;
  const alerts = await parts.alerts.live(MOST_WATCHED);
  const duty = await parts.phoneLine.onDuty();
  return {
    openAlerts: alerts.length,
    overdueAlerts: alerts.filter((alert) => isOverdue(alert, clock.now())).length,
    waitingInWriting: (await parts.conversations.list(['queue'], MOST_WATCHED)).length,
    waitingOnThePhone: (await stores.lineRequests.listLive(MOST_WATCHED)).length,
    psychologistsOnDuty: duty.psychologists,
    operatorsOnDuty: duty.operators,
    jobs: await stores.jobs.list(),
  };
}
