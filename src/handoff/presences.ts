import { after, type Clock, HOUR, type Instant, instant, MINUTE, SECOND } from '../kernel/clock.js';
import type { ConversationId, StaffId } from '../kernel/ids.js';
import type { Presence, PresenceStore } from './presence-store.js';

/** A page answers every few seconds; one that has not for so long is not shown as being there. */
export const THERE_WITHIN = 10 * SECOND;
/** Away for longer: what comes next is another shift, with its own name and counts. */
export const SHIFT_ENDS_AFTER = 2 * HOUR;
export const PAUSE = 10 * MINUTE;
/** Vital conversations in one shift after which the coordinator is shown that it is enough. */
export const HEAVY_ENOUGH = 3;
/** Shifts go by the working day of an organisation. */
const LONGEST_SHIFT = 12 * HOUR;
/** A beat that changes nothing is written this often. */
const WRITTEN_EVERY = 2 * SECOND;
const MOST_PEOPLE = 500;
const ATTEMPTS = 8;

export interface AtDesk {
  id: StaffId;
  /** Of the account: the name of the shift until another is chosen. */
  pseudonym: string;
}

/** Who is at the desk, under which name, and what they read. */
export interface Presences {
  /** Their page has answered. `viewing` left out: a page in the background, which changes nothing. */
  beat(person: AtDesk, viewing?: ConversationId | null): Promise<Presence>;
  of(staff: StaffId): Promise<Presence | undefined>;
  /** Who is there now. */
  there(): Promise<Presence[]>;
  /** Another name for this shift; two people at the desk never have the same. */
  rename(person: AtDesk, pseudonym: string): Promise<'renamed' | 'taken'>;
  pause(person: AtDesk): Promise<void>;
  resume(person: AtDesk): Promise<void>;
  /** They have closed a vital conversation. */
  heavy(person: AtDesk): Promise<void>;
  /** When their page last answered; `undefined` when it never did. */
  seenAt(staff: StaffId): Promise<Instant | undefined>;
}

export const isPaused = ({ state }: Presence, now: Instant): boolean =>
  state.kind === 'pause' && now < state.until;

export function createPresences(parts: {
  clock: Clock;
  store: PresenceStore;
  /** Told when others would see a difference. */
  changed: () => Promise<void>;
}): Presences {
  const { clock, store, changed } = parts;

  const fresh = ({ id, pseudonym }: AtDesk, version: number): Presence => ({
    staff: id,
    pseudonym,
    shiftSince: clock.now(),
    seenAt: clock.now(),
    viewing: null,
    state: { kind: 'ready' },
    heavy: 0,
    pauses: 0,
    version,
  });

  const isOver = ({ seenAt, shiftSince }: Presence): boolean =>
    clock.now() - seenAt >= SHIFT_ENDS_AFTER || clock.now() - shiftSince >= LONGEST_SHIFT;

  /** The presence of this shift, changed by one conditional write. */
  const change = async (person: AtDesk, next: (presence: Presence) => Presence): Promise<Presence> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const known = await store.get(person.id);
      const current = ofThisShift(person, known);
      const wanted = next(current);
      if (wanted === known) return known;
      const written = { ...wanted, seenAt: clock.now(), version: current.version + 1 };
      if ((await store.save(written)) === 'conflict') continue;
      if (isSeenDifferently(known, written)) await changed();
      return written;
    }
    throw new Error('a presence was changed too often at once');
  };

  const ofThisShift = (person: AtDesk, known: Presence | undefined): Presence =>
    known === undefined || isOver(known) ? fresh(person, known?.version ?? 0) : known;

  const isFresh = ({ seenAt }: Presence): boolean => clock.now() - seenAt < WRITTEN_EVERY;
  const there = (): Promise<Presence[]> => store.list(instant(clock.now() - THERE_WITHIN), MOST_PEOPLE);

  return {
    beat: (person, viewing) =>
      change(person, (presence) => {
        const ended = presence.state.kind === 'pause' && !isPaused(presence, clock.now());
        const same = viewing === undefined || viewing === presence.viewing;
        if (same && !ended && presence.version > 0 && isFresh(presence)) return presence;
        return {
          ...presence,
          viewing: viewing === undefined ? presence.viewing : viewing,
          state: ended ? { kind: 'ready' } : presence.state,
        };
      }),
    of: (staff) => store.get(staff),
    there,
    async rename(person, pseudonym) {
      const name = pseudonym.trim();
      const others = (await there()).filter(({ staff }) => staff !== person.id);
      if (others.some((other) => isSameName(other.pseudonym, name))) return 'taken';
      await change(person, (presence) => ({ ...presence, pseudonym: name }));
      return 'renamed';
    },
    async pause(person) {
      const now = clock.now();
      await change(person, (presence) => ({
        ...presence,
        state: { kind: 'pause', since: now, until: after(now, PAUSE) },
        pauses: presence.pauses + 1,
      }));
    },
    async resume(person) {
      await change(person, (presence) => ({ ...presence, state: { kind: 'ready' } }));
    },
    async heavy(person) {
      await change(person, (presence) => ({ ...presence, heavy: presence.heavy + 1 }));
    },
    seenAt: async (staff) => (await store.get(staff))?.seenAt,
  };
}

const isSameName = (a: string, b: string): boolean => a.localeCompare(b, 'fr', { sensitivity: 'base' }) === 0;

const isSeenDifferently = (before: Presence | undefined, now: Presence): boolean =>
  before === undefined ||
  before.viewing !== now.viewing ||
  before.state.kind !== now.state.kind ||
  before.pseudonym !== now.pseudonym ||
  before.heavy !== now.heavy ||
  now.seenAt - before.seenAt >= THERE_WITHIN;
