import type { Instant } from '../kernel/clock.js';
import type { AlertId, ConversationId } from '../kernel/ids.js';
import type { Alert } from './alert.js';

export interface AlertStore {
  /** One alert that is not closed per conversation: when there is one already, it is returned instead. */
  open(alert: Alert): Promise<{ kind: 'opened' } | { kind: 'already-open'; alert: Alert }>;
  get(id: AlertId): Promise<Alert | undefined>;
  /** The alert of this conversation that is not closed. */
  live(conversation: ConversationId): Promise<Alert | undefined>;
  /** Saved only if the stored version is `alert.version - 1`. */
  save(alert: Alert): Promise<'saved' | 'conflict'>;
  /** Alerts that are not closed, oldest first. */
  listLive(limit: number): Promise<Alert[]>;
  /** Removes alerts that were closed at or before, at most `limit`; returns how many. */
  removeClosed(closedBy: Instant, limit: number): Promise<number>;
}
