import { SECOND } from '../../src/kernel/clock.js';
import { asId, type ConversationId, type LegId, type LineRequestId } from '../../src/kernel/ids.js';
import type { Carrier } from '../../src/phone-line/carrier.js';
import type { ResponderId, ResponderProfile, ResponderRole } from '../../src/phone-line/line.js';
import { createPhoneLine, type PhoneLine } from '../../src/phone-line/phone-line.js';
import type { RosterEntry } from '../../src/phone-line/roster.js';
import type { Stores } from '../../src/storage/stores.js';
import { type FrozenClock, frozenClock } from './frozen-clock.js';
import { seededRandom } from './seeded-random.js';
import { temporaryStore } from './temporary-store.js';

/** The immediate line on a store and a clock of its own, with a carrier that notes what it is asked. */
export interface LineOffice {
  line: PhoneLine;
  clock: FrozenClock;
  stores: Stores;
  rung: string[];
  seconds: number[];
  ended: string[];
  closed: string[];
  /** Who may leave a room without closing it, or no longer: `leg-name:true`. */
  exits: string[];
  /** What happens while the carrier changes who may leave. */
  meanwhile: { exit?: () => Promise<void> };
  paused: string[];
  troubles: string[];
  /** Phones that cannot be rung. */
  broken: Set<string>;
  /** Legs the carrier says are over. */
  over: Set<string>;
  busy: Set<string>;
  roster: { list(): Promise<RosterEntry[]> };
  busyTimes: { inAppointment(): Promise<ReadonlySet<string>> };
  accept(id: LineRequestId, responder: string): Promise<'accepted' | 'joined' | 'taken'>;
  remove(): Promise<void>;
}

export type Staff = readonly (readonly [string, ResponderRole, Partial<ResponderProfile>?])[];

export const STAFF: Staff = [
  ['dominique', 'psychologist'],
  ['sacha', 'psychologist'],
  ['camille', 'operator'],
];

export const callerNamed = (name: string): ConversationId => asId<ConversationId>(name);
export const responderNamed = (name: string): ResponderId => asId<ResponderId>(name);
export const legOf = (responder: string): LegId => asId<LegId>(`leg-${responder}`);

/** Everybody is available, and the first named has been idle longest. */
export async function lineOffice(staff: Staff = STAFF): Promise<LineOffice> {
  const { stores, remove } = await temporaryStore();
  const clock = frozenClock('2026-03-02T09:00:00Z');
  const office: Omit<LineOffice, 'line' | 'accept' | 'remove'> = {
    clock,
    stores,
    rung: [] as string[],
    seconds: [] as number[],
    ended: [] as string[],
    closed: [] as string[],
    exits: [] as string[],
    meanwhile: {},
    paused: [] as string[],
    troubles: [] as string[],
    broken: new Set<string>(),
    over: new Set<string>(),
    busy: new Set<string>(),
    roster: stores.roster as LineOffice['roster'],
    busyTimes: { inAppointment: async () => office.busy } as LineOffice['busyTimes'],
  };
  const line = createPhoneLine({
    clock,
    random: seededRandom(),
    duties: stores.duties,
    requests: stores.lineRequests,
    carrier: notingCarrier(office),
    roster: { list: () => office.roster.list() },
    busyTimes: { inAppointment: () => office.busyTimes.inAppointment() },
    notices: {
      async paused(responder) {
        office.paused.push(responder);
      },
    },
    trouble: (what) => office.troubles.push(what),
  });
  for (const [name, role, profile] of staff) {
    await line.setAvailable(responderNamed(name), role, true);
    if (profile !== undefined)
      await line.setProfile(responderNamed(name), {
        academies: [],
        languages: ['fr'],
        gender: null,
        ...profile,
      });
    clock.advance(SECOND);
  }
  return {
    ...office,
    get roster() {
      return office.roster;
    },
    set roster(roster) {
      office.roster = roster;
    },
    get busyTimes() {
      return office.busyTimes;
    },
    set busyTimes(busyTimes) {
      office.busyTimes = busyTimes;
    },
    line,
    accept: (id, name) => line.accept(id, { responder: responderNamed(name), leg: legOf(name) }),
    remove,
  };
}

type Notes = Pick<
  LineOffice,
  'rung' | 'seconds' | 'ended' | 'closed' | 'exits' | 'meanwhile' | 'broken' | 'over'
>;

function notingCarrier(notes: Notes): Carrier {
  return {
    async ring({ responder, seconds }) {
      notes.rung.push(responder);
      notes.seconds.push(seconds);
      return notes.broken.has(responder) ? { kind: 'failed' } : { kind: 'ringing', leg: legOf(responder) };
    },
    async hangUp(leg) {
      notes.ended.push(leg);
    },
    isOver: async (leg) => notes.over.has(leg),
    notify: async () => undefined,
    sayCode: async () => 'failed',
    async setExit({ leg, closes }) {
      notes.exits.push(`${leg}:${closes}`);
      await notes.meanwhile.exit?.();
      return notes.broken.has('exits') ? 'failed' : 'set';
    },
    async closeRoom(request) {
      notes.closed.push(request);
    },
  };
}
