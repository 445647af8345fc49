import type { SessionStore } from '../accounts/account-store.js';
import { SESSION_IDLE } from '../accounts/sessions.js';
import { type Clock, instant } from '../kernel/clock.js';
import type { Job } from './job.js';

/** Sessions that are over let nobody in; they are not kept either. */
export const destroySessions = (parts: { clock: Clock; sessions: SessionStore }): Job => ({
  name: 'destroy-sessions',
  pattern: '10 * * * *',
  run: () => parts.sessions.removeSeenBefore(instant(parts.clock.now() - SESSION_IDLE)),
});
