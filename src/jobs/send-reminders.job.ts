import type { Reminders } from '../booking/reminders.js';
import type { Job } from './job.js';

/** Sends the reminders that are due; what fell due while the service was down is sent at its start. */
export const sendReminders = (reminders: Reminders): Job => ({
  name: 'send-reminders',
  pattern: '*/2 0-1,3-23 * * *',
  run: () => reminders.sendDue(),
});
