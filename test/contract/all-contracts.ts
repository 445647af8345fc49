import { describeAppointmentCallStore } from './appointment-calls.contract.js';
import { describeAuditStore } from './audit.contract.js';
import { describeBookingStore } from './bookings.contract.js';
import { describeCodePaceStore } from './code-pace.contract.js';
import type { OpenStores } from './contract.js';
import { describeConversationStore } from './conversations.contract.js';
import { describeCountStore } from './counts.contract.js';
import { describeDeliveryStore } from './deliveries.contract.js';
import { describeDeskStores } from './desk.contract.js';
import { describeFeedStore } from './feeds.contract.js';
import { describeHoursStore } from './hours.contract.js';
import { describeJobStore } from './jobs.contract.js';
import { describeReminderStore } from './reminders.contract.js';
import { describeSmallStores } from './small-stores.contract.js';
import { describeTextStore } from './texts.contract.js';
import { describeWaitingStore } from './waiting.contract.js';

/** What every store must do, whatever it is made of. */
export function describeStores(name: string, open: OpenStores): void {
  describeConversationStore(name, open);
  describeDeliveryStore(name, open);
  describeBookingStore(name, open);
  describeReminderStore(name, open);
  describeDeskStores(name, open);
  describeFeedStore(name, open);
  describeWaitingStore(name, open);
  describeCodePaceStore(name, open);
  describeAppointmentCallStore(name, open);
  describeTextStore(name, open);
  describeSmallStores(name, open);
  describeCountStore(name, open);
  describeHoursStore(name, open);
  describeJobStore(name, open);
  describeAuditStore(name, open);
}
