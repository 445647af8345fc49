import type { AppointmentCalls } from '../booking/appointment-calls.js';
import type { Job } from './job.js';

/** Calls whoever left a number for their telephone appointment, at its hour, and moves calls under way on. */
export const callAppointments = (calls: Pick<AppointmentCalls, 'callDue'>): Job => ({
  name: 'call-appointments',
  pattern: '*/20 * * * * *',
  run: () => calls.callDue(),
});
