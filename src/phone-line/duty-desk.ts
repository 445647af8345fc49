import type { Clock } from '../kernel/clock.js';
import type { LineRequestId } from '../kernel/ids.js';
import type { Duty, LineRequest, ResponderId, ResponderProfile, ResponderRole } from './line.js';
import { UNKNOWN_PROFILE } from './line.js';
import type { DutyStore } from './line-store.js';
import { afterMiss, freed } from './ring-plan.js';
import { onRosterAt } from './roster.js';
import type { RosterStore } from './roster-store.js';

/** Asked of booking: who is in an appointment now, and so must not be rung. */
export interface BusyTimes {
  inAppointment(responders: readonly ResponderId[]): Promise<ReadonlySet<string>>;
}

/** Told to the coordinators. */
export interface LineNotices {
  /** Two rings in a row went unanswered: this responder is rung no more until they come back. */
  paused(responder: ResponderId, role: ResponderRole): Promise<void>;
}

/** Told when something the line can do without has failed. */
export type LineTrouble = (what: 'roster' | 'appointments' | 'notice', error: unknown) => void;

export interface DutyDeskDependencies {
  clock: Clock;
  duties: DutyStore;
  roster: Pick<RosterStore, 'list'>;
  busyTimes: BusyTimes;
  notices: LineNotices;
  trouble: LineTrouble;
}

/** Lost compare-and-sets in a row before giving up: each means that somebody else moved the record on. */
const ATTEMPTS = 12;

/** Who is there, and whose line is taken by whom. */
export class DutyDesk {
  readonly #parts: DutyDeskDependencies;

  constructor(parts: DutyDeskDependencies) {
    this.#parts = parts;
  }

  /** Everybody with a switch. */
  async everybody(): Promise<Duty[]> {
    const { duties } = this.#parts;
    return [...(await duties.list('psychologist')), ...(await duties.list('operator'))];
  }

  /**
   * Everybody the roster does not send home. A role that nobody is on the roster for goes by its switches alone,
   * and so does everybody when the roster cannot be read: a list that fails may not empty the line.
   */
  async present(): Promise<Duty[]> {
    const all = await this.everybody();
    const planned = await this.#planned();
    const rostered = new Set(all.filter(({ responder }) => planned.has(responder)).map(({ role }) => role));
    return all.filter(({ role, responder }) => !rostered.has(role) || planned.has(responder));
  }

  async inAppointment(duties: readonly Duty[]): Promise<ReadonlySet<string>> {
    try {
      return await this.#parts.busyTimes.inAppointment(duties.map(({ responder }) => responder));
    } catch (error) {
      this.#parts.trouble('appointments', error);
      return new Set();
    }
  }

  /** Somebody who was never on duty may be rung when they ask for it themselves. */
  async known(responder: ResponderId, role: ResponderRole): Promise<void> {
    const { duties } = this.#parts;
    if ((await duties.get(responder)) === undefined) await duties.save(this.#fresh(responder, role));
  }

  /** The claim is what keeps anybody out of two calls. */
  claim(responder: ResponderId, request: LineRequestId): Promise<boolean> {
    return this.#change(responder, (duty) =>
      duty.busyWith === null ? { ...duty, busyWith: request, version: duty.version + 1 } : undefined,
    );
  }

  /** Only the request that holds a responder frees them. */
  release(responder: ResponderId, request: LineRequestId, after: Partial<Duty> = {}): Promise<boolean> {
    return this.#change(responder, (duty) =>
      duty.busyWith === request ? { ...freed(duty), ...after } : undefined,
    );
  }

  /** A ring nobody took. */
  async miss(responder: ResponderId, request: LineRequest): Promise<void> {
    let paused: ResponderRole | undefined;
    const changed = await this.#change(responder, (duty) => {
      if (duty.busyWith !== request.id) return undefined;
      const next = afterMiss(duty, request);
      paused = next.paused && !duty.paused ? duty.role : undefined;
      return next;
    });
    if (!changed || paused === undefined) return;
    await this.#parts.notices
      .paused(responder, paused)
      .catch((error: unknown) => this.#parts.trouble('notice', error));
  }

  /** A responder's own switch; coming back ends a pause. */
  async setAvailable(responder: ResponderId, role: ResponderRole, available: boolean): Promise<void> {
    const change = { available, missed: 0, paused: false };
    const known = await this.#change(responder, (duty) => ({
      ...duty,
      ...change,
      version: duty.version + 1,
    }));
    if (!known) await this.#parts.duties.save({ ...this.#fresh(responder, role), ...change });
  }

  async setProfile(responder: ResponderId, profile: ResponderProfile): Promise<'saved' | 'unknown'> {
    const known = await this.#change(responder, (duty) => ({ ...duty, profile, version: duty.version + 1 }));
    return known ? 'saved' : 'unknown';
  }

  #fresh(responder: ResponderId, role: ResponderRole): Duty {
    return {
      responder,
      role,
      profile: UNKNOWN_PROFILE,
      available: false,
      idleSince: this.#parts.clock.now(),
      missed: 0,
      paused: false,
      busyWith: null,
      version: 1,
    };
  }

  async #planned(): Promise<ReadonlySet<ResponderId>> {
    try {
      return onRosterAt(await this.#parts.roster.list(), this.#parts.clock.now());
    } catch (error) {
      this.#parts.trouble('roster', error);
      return new Set();
    }
  }

  async #change(responder: ResponderId, change: (duty: Duty) => Duty | undefined): Promise<boolean> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const duty = await this.#parts.duties.get(responder);
      const next = duty === undefined ? undefined : change(duty);
      if (next === undefined) return false;
      if ((await this.#parts.duties.save(next)) === 'saved') return true;
    }
    return false;
  }
}
