import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/kernel/clock.js';
import { asId, type LegId, type LineRequestId } from '../../src/kernel/ids.js';
import type { LineReason, LineRequest, ResponderId } from '../../src/phone-line/line.js';
import { createPhoneLine, type LegFate, type PhoneLine } from '../../src/phone-line/phone-line.js';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.js';
import { callerNamed, responderNamed } from '../support/line-office.js';
import { memoryLineStores } from '../support/memory-line-stores.js';
import { PROPERTY_SEED } from '../support/property-seed.js';
import { seededRandom } from '../support/seeded-random.js';

const RESPONDERS = ['a', 'b', 'c', 'o'] as const;
const CALLERS = [0, 1, 2] as const;
const REASONS: readonly LineReason[] = ['immediate', 'operator', 'vital'];
const FATES: readonly LegFate[] = ['refused', 'unanswered', 'hung-up'];

/** Anything a carrier may tell us, in any order, twice, or never. */
type Event =
  | { kind: 'asks'; caller: number }
  | { kind: 'leaves'; caller: number }
  | { kind: 'calls'; caller: number; reason: LineReason }
  | { kind: 'presses-1'; caller: number; responder: string }
  | { kind: 'leg-ends'; caller: number; responder: string; fate: LegFate }
  | { kind: 'ring-on'; caller: number }
  | { kind: 'transfers'; caller: number; responder: string; to: string }
  | { kind: 'steps-out'; caller: number; responder: string }
  | { kind: 'room-left'; caller: number }
  | { kind: 'brings-in'; caller: number; responder: string }
  | { kind: 'sweep' }
  | { kind: 'later'; seconds: number };

const caller = fc.constantFrom(...CALLERS);
const responder = fc.constantFrom(...RESPONDERS);
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('asks' as const), caller }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leaves' as const), caller }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('calls' as const),
      caller,
      reason: fc.constantFrom(...REASONS),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('presses-1' as const), caller, responder }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('leg-ends' as const),
      caller,
      responder,
      fate: fc.constantFrom(...FATES),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('ring-on' as const), caller }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('transfers' as const), caller, responder, to: responder }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('steps-out' as const), caller, responder }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('room-left' as const), caller }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('brings-in' as const), caller, responder }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'sweep' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('later' as const), seconds: fc.integer({ min: 1, max: 40 }) }),
  },
);

const transferEvent: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('transfers' as const),
      caller: fc.constant(0),
      responder,
      to: responder,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('presses-1' as const), caller: fc.constant(0), responder }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('leg-ends' as const),
      caller: fc.constant(0),
      responder,
      fate: fc.constantFrom(...FATES),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('steps-out' as const), caller: fc.constant(0), responder }),
  },
);

interface World {
  line: PhoneLine;
  clock: FrozenClock;
  stores: ReturnType<typeof memoryLineStores>;
  requests: (LineRequestId | undefined)[];
  /** Who was told « accepted », for each request. */
  accepted: Map<LineRequestId, string[]>;
  closed: Set<LineRequestId>;
  /** Legs in each room, and whether it closes when they leave; the caller is in it while it is open. */
  rooms: Map<LineRequestId, Map<string, boolean>>;
  /** Rooms whose closing the caller's phone has not told us of yet. */
  left: Set<LineRequestId>;
  /** Who was still in a room when somebody else's leaving closed it. */
  cut: string[];
}

async function world(pause: () => Promise<unknown>): Promise<World> {
  let running = false;
  const stores = memoryLineStores(async () => (running ? pause() : undefined));
  const clock = frozenClock();
  const closed = new Set<LineRequestId>();
  const rooms: World['rooms'] = new Map();
  const left = new Set<LineRequestId>();
  const cut: string[] = [];
  const close = (request: LineRequestId): void => {
    if (rooms.delete(request)) left.add(request);
  };
  const line = createPhoneLine({
    clock,
    random: seededRandom(),
    duties: stores.duties,
    requests: stores.requests,
    roster: { list: async () => [] },
    busyTimes: { inAppointment: async () => new Set() },
    notices: { paused: async () => undefined },
    trouble: () => undefined,
    carrier: {
      ring: async ({ responder: who, request }) => ({ kind: 'ringing', leg: legOf(request, who) }),
      hangUp: async (leg) => {
        for (const request of rooms.keys()) leaves({ rooms, left, cut }, { request, leg });
      },
      notify: async () => undefined,
      async setExit({ request, leg, closes }) {
        await (running ? pause() : undefined);
        if (rooms.get(request)?.has(leg) !== true) return 'failed';
        rooms.get(request)?.set(leg, closes);
        return 'set';
      },
      isOver: async (leg) => ![...rooms.values()].some((room) => room.has(leg)),
      sayCode: async () => 'failed',
      closeRoom: async (request) => {
        closed.add(request);
        close(request);
      },
    },
  });
  for (const name of RESPONDERS)
    await line.setAvailable(responderNamed(name), name === 'o' ? 'operator' : 'psychologist', true);
  running = true;
  return { line, clock, stores, requests: [], accepted: new Map(), closed, rooms, left, cut };
}

/** Somebody is out of a room, which closes if they were the one to close it. */
function leaves(
  { rooms, left, cut }: Pick<World, 'rooms' | 'left' | 'cut'>,
  { request, leg }: { request: LineRequestId; leg: LegId },
): void {
  const room = rooms.get(request);
  const closes = room?.get(leg);
  room?.delete(leg);
  if (closes !== true) return;
  cut.push(...(room?.keys() ?? []));
  rooms.delete(request);
  left.add(request);
}

/** The caller's phone tells that the room has closed, and asks how far it is. */
async function settle(here: World): Promise<void> {
  for (const id of here.left) {
    here.left.delete(id);
    await here.line.roomLeft(id);
    await asks(here, id);
  }
}

const legOf = (request: LineRequestId, who: ResponderId): LegId => asId<LegId>(`${request}/${who}`);

async function play(here: World, given: Event): Promise<void> {
  const { line, clock } = here;
  switch (given.kind) {
    case 'later':
      return clock.advance(given.seconds * SECOND);
    case 'sweep':
      return void (await line.sweep());
    case 'calls':
      here.requests[given.caller] = await line.request(callerNamed(`caller-${given.caller}`), given.reason);
      return;
    case 'brings-in':
    case 'transfers':
    case 'steps-out':
      return atTheDesk(here, given);
    default:
      return onTheLine(here, given);
  }
}

type DeskEvent = Extract<Event, { kind: 'brings-in' | 'transfers' | 'steps-out' }>;

/** What staff ask for in the console. */
async function atTheDesk(here: World, given: DeskEvent): Promise<void> {
  const { line } = here;
  const call = {
    conversation: callerNamed(`caller-${given.caller}`),
    by: responderNamed(given.responder),
  };
  if (given.kind === 'steps-out') return void (await line.stepOut(call));
  if (given.kind === 'transfers')
    return void (await line.transfer(call, { responder: responderNamed(given.to) }));
  const brought = await line.bringIn(call.by, call.conversation);
  if (brought.kind === 'ringing') here.requests[given.caller] = brought.request;
}

type LineEvent = Exclude<Event, DeskEvent | { kind: 'later' | 'sweep' | 'calls' }>;

/** What phones tell. */
async function onTheLine(here: World, given: LineEvent): Promise<void> {
  const { line } = here;
  const id = here.requests[given.caller];
  if (id === undefined) return;
  switch (given.kind) {
    case 'asks':
      return asks(here, id);
    case 'leaves':
      return line.leave(id);
    case 'room-left':
      return void (await line.roomLeft(id));
    case 'ring-on':
      return line.ringOn(id);
    case 'leg-ends':
      return legEnds(here, id, given);
    case 'presses-1':
      return presses(here, id, given.responder);
  }
}

/** The caller's phone asks how far it is, and enters the room when somebody is there. */
async function asks({ line }: World, id: LineRequestId): Promise<void> {
  if ((await line.advance(id)).kind === 'accepted') await line.enter(id);
}

async function legEnds(
  here: World,
  id: LineRequestId,
  given: { responder: string; fate: LegFate },
): Promise<void> {
  const who = responderNamed(given.responder);
  const leg = legOf(id, who);
  if (given.fate === 'hung-up') leaves(here, { request: id, leg });
  // Somebody who is in the room can neither refuse the call nor leave it unanswered.
  else if (here.rooms.get(id)?.has(leg) === true) return;
  return here.line.legEnded(id, who, given.fate);
}

async function presses(here: World, id: LineRequestId, responder: string): Promise<void> {
  const who = responderNamed(responder);
  const leg = legOf(id, who);
  const outcome = await here.line.accept(id, { responder: who, leg });
  if (outcome === 'taken') return;
  const room = here.rooms.get(id) ?? new Map<string, boolean>();
  if (!room.has(leg)) room.set(leg, outcome === 'accepted');
  here.rooms.set(id, room);
  if (outcome === 'accepted') here.accepted.set(id, [...(here.accepted.get(id) ?? []), responder]);
}

const holders = ({ state }: LineRequest): ResponderId[] => {
  if (state.kind === 'accepted')
    return [state.responder, ...(state.guest === undefined ? [] : [state.guest.responder])];
  return state.kind === 'ringing' ? state.rings.map((ring) => ring.responder) : [];
};

/** What must hold whenever nothing is under way. */
function check(here: World): void {
  const requests = [...here.stores.seen.requests.values()];
  const held = requests.flatMap((request) => holders(request).map((who) => [who, request.id] as const));
  expect(new Set(held.map(([who]) => who)).size).toBe(held.length);
  for (const [who, id] of held) expect(here.stores.seen.duties.get(who)?.busyWith).toBe(id);
  for (const { responder: who, busyWith } of here.stores.seen.duties.values())
    if (busyWith !== null) expect(held).toContainEqual([who, busyWith]);
  expect(here.cut).toEqual([]);
  for (const room of here.rooms.values()) expect(room.size).toBeGreaterThan(0);
  const conversations = requests.filter(({ state }) => state.kind !== 'ended').map((one) => one.conversation);
  expect(new Set(conversations).size).toBe(conversations.length);
  for (const { id, state } of requests)
    if (state.kind === 'accepted' && state.connectedAt !== null)
      expect([...(here.rooms.get(id)?.keys() ?? [])]).toContain(state.leg);
  for (const { id, state } of requests)
    if (state.kind === 'ended' && state.because === 'done') expect(here.closed).toContain(id);
}

/** Whoever waits and keeps asking is told something in the end. */
async function drain(here: World): Promise<void> {
  const waiting = here.requests.filter((id) => id !== undefined);
  for (let round = 0; round < 200; round += 1) {
    here.clock.advance(4 * SECOND);
    for (const id of waiting) await here.line.advance(id);
  }
  for (const id of waiting) expect((await here.line.advance(id)).kind).toMatch(/^(accepted|ended)$/);
}

describe('the immediate line under any order of events', () => {
  it('holds one person a caller and one caller a person, and tells every caller something in the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.array(event, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 14 }),
        async (scheduler, groups) => {
          let interleaved = true;
          const here = await world(() =>
            interleaved ? scheduler.schedule(Promise.resolve()) : Promise.resolve(),
          );
          for (const group of groups) {
            await scheduler.waitFor(Promise.all(group.map((given) => play(here, given))));
            check(here);
          }
          interleaved = false;
          await drain(here);
          check(here);
        },
      ),
      { numRuns: 150, seed: PROPERTY_SEED },
    );
  }, 120_000);

  it('tells no two people that they have the same caller, unless the first has gone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(responder, { minLength: 2, maxLength: 12 }),
        async (s, presses) => {
          let interleaved = false;
          const here = await world(() => (interleaved ? s.schedule(Promise.resolve()) : Promise.resolve()));
          await play(here, { kind: 'calls', caller: 0, reason: 'vital' });
          await play(here, { kind: 'asks', caller: 0 });
          interleaved = true;
          await s.waitFor(
            Promise.all(presses.map((who) => play(here, { kind: 'presses-1', caller: 0, responder: who }))),
          );
          const told = [...here.accepted.values()][0] ?? [];
          expect(new Set(told).size).toBeLessThanOrEqual(1);
          if (presses.some((who) => who !== 'o')) expect(told.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 150, seed: PROPERTY_SEED },
    );
  }, 60_000);

  it('leaves no caller alone in a room, whatever becomes of a warm transfer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.array(transferEvent, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 10 }),
        async (scheduler, groups) => {
          let interleaved = false;
          const here = await world(() =>
            interleaved ? scheduler.schedule(Promise.resolve()) : Promise.resolve(),
          );
          await play(here, { kind: 'calls', caller: 0, reason: 'immediate' });
          await play(here, { kind: 'asks', caller: 0 });
          await play(here, { kind: 'presses-1', caller: 0, responder: 'a' });
          await play(here, { kind: 'asks', caller: 0 });
          for (const group of groups) {
            interleaved = true;
            await scheduler.waitFor(Promise.all(group.map((given) => play(here, given))));
            interleaved = false;
            await settle(here);
            check(here);
          }
          await drain(here);
          check(here);
        },
      ),
      { numRuns: 300, seed: PROPERTY_SEED },
    );
  }, 60_000);
});
