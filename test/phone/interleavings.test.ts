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
  { weight: 1, arbitrary: fc.constant({ kind: 'sweep' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('later' as const), seconds: fc.integer({ min: 1, max: 40 }) }),
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
}

async function world(pause: () => Promise<unknown>): Promise<World> {
  let running = false;
  const stores = memoryLineStores(async () => (running ? pause() : undefined));
  const clock = frozenClock();
  const closed = new Set<LineRequestId>();
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
      hangUp: async () => undefined,
      isOver: async () => false,
      closeRoom: async (request) => {
        closed.add(request);
      },
    },
  });
  for (const name of RESPONDERS)
    await line.setAvailable(responderNamed(name), name === 'o' ? 'operator' : 'psychologist', true);
  running = true;
  return { line, clock, stores, requests: [], accepted: new Map(), closed };
}

const legOf = (request: LineRequestId, who: ResponderId): LegId => asId<LegId>(`${request}/${who}`);

async function play(here: World, given: Event): Promise<void> {
  const { line, clock } = here;
  if (given.kind === 'later') return clock.advance(given.seconds * SECOND);
  if (given.kind === 'sweep') return void (await line.sweep());
  if (given.kind === 'calls') {
    here.requests[given.caller] = await line.request(callerNamed(`caller-${given.caller}`), given.reason);
    return;
  }
  const id = here.requests[given.caller];
  if (id === undefined) return;
  if (given.kind === 'asks') return void (await line.advance(id));
  if (given.kind === 'leaves') return line.leave(id);
  if (given.kind === 'ring-on') return line.ringOn(id);
  const who = responderNamed(given.responder);
  if (given.kind === 'leg-ends') return line.legEnded(id, who, given.fate);
  if ((await line.accept(id, { responder: who, leg: legOf(id, who) })) === 'accepted')
    here.accepted.set(id, [...(here.accepted.get(id) ?? []), given.responder]);
}

const holders = ({ state }: LineRequest): ResponderId[] => {
  if (state.kind === 'accepted') return [state.responder];
  return state.kind === 'ringing' ? state.rings.map((ring) => ring.responder) : [];
};

/** What must hold whenever nothing is under way. */
function check(here: World): void {
  const requests = [...here.stores.seen.requests.values()];
  const held = requests.flatMap((request) => holders(request).map((who) => [who, request.id] as const));
  expect(new Set(held.map(([who]) => who)).size).toBe(held.length);
  for (const [who, id] of held) expect(here.stores.seen.duties.get(who)?.busyWith).toBe(id);
  const conversations = requests.filter(({ state }) => state.kind !== 'ended').map((one) => one.conversation);
  expect(new Set(conversations).size).toBe(conversations.length);
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
});
