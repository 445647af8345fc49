import type { Instant } from '../kernel/clock.js';
import type { ConversationId, LineRequestId } from '../kernel/ids.js';
import type { Duty, LineRequest, ResponderId, ResponderRole } from './line.js';

export interface DutyStore {
  /** At most 500. */
  list(role: ResponderRole): Promise<Duty[]>;
  get(responder: ResponderId): Promise<Duty | undefined>;
  /** Saved only if the stored version is `duty.version - 1` (0: there is none yet, saved as version 1). */
  save(duty: Duty): Promise<'saved' | 'conflict'>;
}

export interface LineRequestStore {
  /** One live request per conversation: a second one is `exists`. */
  create(request: LineRequest): Promise<'created' | 'exists'>;
  get(id: LineRequestId): Promise<LineRequest | undefined>;
  /** The request of this conversation that has not ended. */
  live(conversation: ConversationId): Promise<LineRequest | undefined>;
  /** Saved only if the stored version is `request.version - 1`. */
  save(request: LineRequest): Promise<'saved' | 'conflict'>;
  /** Requests that have not ended, oldest first. */
  listLive(limit: number): Promise<LineRequest[]>;
  /** Removes requests that have ended and were opened at or before, at most `limit`; returns how many. */
  removeEnded(openedBy: Instant, limit: number): Promise<number>;
}
