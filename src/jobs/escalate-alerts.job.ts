import type { Escalation } from '../handoff/escalation.js';
import type { Job } from './job.js';

/** Rings operators, then coordinators, for alerts nobody acknowledges (product.md, "Safety protocol"). */
export const escalateAlerts = (escalation: Escalation): Job => ({
  name: 'escalate-alerts',
  pattern: '* * * * *',
  run: () => escalation.escalateDue(),
});
