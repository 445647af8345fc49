import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECOND } from '../../src/kernel/clock.js';
import { asId, type ConversationId, type LegId, type LineRequestId } from '../../src/kernel/ids.js';
import type { Carrier } from '../../src/phone-line/carrier.js';
import type { ResponderId } from '../../src/phone-line/line.js';
import { createPhoneLine, type PhoneLine } from '../../src/phone-line/phone-line.js';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.js';
import { seededRandom } from '../support/seeded-random.js';
import { type TemporaryStore, temporaryStore } from '../support/temporary-store.js';

const caller = asId<ConversationId>('caller');
const dominique = asId<ResponderId>('dominique');
const sacha = asId<ResponderId>('sacha');
const camille = asId<ResponderId>('camille');

let store: TemporaryStore;
let clock: FrozenClock;
let line: PhoneLine;
let rung: string[];
let ended: string[];
let broken: Set<string>;
let busy: Set<string>;

beforeEach(async () => {
  store = await temporaryStore();
  clock = frozenClock('2026-03-02T09:00:00Z');
  rung = [];
  ended = [];
  broken = new Set();
  busy = new Set();
  const carrier: Carrier = {
    async ring({ responder }) {
      rung.push(responder);
      return broken.has(responder)
        ? { kind: 'failed' }
        : { kind: 'ringing', leg: asId<LegId>(`leg-${responder}`) };
    },
    async hangUp(leg) {
      ended.push(leg);
    },
  };
  line = createPhoneLine({
    clock,
    random: seededRandom(),
    duties: store.stores.duties,
    requests: store.stores.lineRequests,
    carrier,
    busyTimes: { inAppointment: async () => busy },
  });
  for (const [id, role] of [
    [dominique, 'psychologist'],
    [sacha, 'psychologist'],
    [camille, 'operator'],
  ] as const) {
    await line.setAvailable(id, role, true);
    clock.advance(SECOND);
  }
});
afterEach(() => store.remove());

const accept = (id: LineRequestId, responder: ResponderId) =>
  line.accept(id, { responder, leg: asId<LegId>(`leg-${responder}`) });

describe('the immediate line', () => {
  it('rings whoever has been idle longest, for twenty seconds, then the next, then operators', async () => {
    const id = await line.request(caller, 'immediate');
    await line.advance(id);
    clock.advance(20 * SECOND - 1);
    await line.advance(id);
    expect(rung).toEqual(['dominique']);
    clock.advance(1);
    await line.advance(id);
    expect(rung).toEqual(['dominique', 'sacha']);
    expect(ended).toEqual(['leg-dominique']);
    clock.advance(20 * SECOND);
    await line.advance(id);
    expect(rung).toEqual(['dominique', 'sacha', 'camille']);
    clock.advance(20 * SECOND);
    expect(await line.advance(id)).toEqual({ kind: 'ended', because: 'nobody' });
  });

  it('connects one of several who press 1 at once, whatever is repeated', async () => {
    const id = await line.request(caller, 'immediate');
    await line.advance(id);
    const answers = await Promise.all([
      accept(id, dominique),
      accept(id, sacha),
      accept(id, dominique),
      accept(id, camille),
    ]);
    expect(answers).toEqual(['accepted', 'taken', 'accepted', 'taken']);
    expect(await line.advance(id)).toEqual({ kind: 'accepted' });
  });

  it('pauses a psychologist after two missed rings in a row, not after one', async () => {
    for (const turn of ['one', 'two']) {
      const id = await line.request(asId<ConversationId>(turn), 'immediate');
      await line.advance(id);
      await line.legEnded(id, dominique, 'unanswered');
      await line.leave(id);
      expect((await line.onDuty()).psychologists).toBe(turn === 'one' ? 2 : 1);
    }
    await line.setAvailable(dominique, 'psychologist', true);
    expect((await line.onDuty()).psychologists).toBe(2);
  });

  it('never counts a vital ring as missed', async () => {
    for (const turn of ['one', 'two', 'three']) {
      const id = await line.request(asId<ConversationId>(turn), 'vital');
      await line.advance(id);
      await line.legEnded(id, dominique, 'unanswered');
      await line.leave(id);
    }
    expect((await line.onDuty()).psychologists).toBe(2);
  });

  it('takes no notice of a late or repeated end of a leg', async () => {
    const id = await line.request(caller, 'immediate');
    await line.advance(id);
    await line.legEnded(id, dominique, 'unanswered');
    await line.advance(id);
    await line.legEnded(id, dominique, 'unanswered');
    await line.legEnded(id, dominique, 'hung-up');
    expect(await accept(id, sacha)).toBe('accepted');
    await line.legEnded(id, dominique, 'hung-up');
    expect(await line.advance(id)).toEqual({ kind: 'accepted' });
  });

  it('rings nobody who is in an appointment or on another call', async () => {
    busy.add(dominique);
    const first = await line.request(caller, 'immediate');
    await line.advance(first);
    const second = await line.request(asId<ConversationId>('second'), 'immediate');
    await line.advance(second);
    expect(rung).toEqual(['sacha', 'camille']);
  });

  it('goes on at once when a phone cannot be rung', async () => {
    broken.add(dominique);
    const id = await line.request(caller, 'immediate');
    expect(await line.advance(id)).toEqual({ kind: 'ringing' });
    expect(rung).toEqual(['dominique', 'sacha']);
  });

  it('stops ringing and frees the responder when the caller leaves', async () => {
    const id = await line.request(caller, 'immediate');
    await line.advance(id);
    await line.leave(id);
    expect(ended).toEqual(['leg-dominique']);
    expect(await accept(id, dominique)).toBe('taken');
    const next = await line.request(asId<ConversationId>('next'), 'immediate');
    await line.advance(next);
    expect(rung).toEqual(['dominique', 'dominique']);
  });

  it('keeps one request a caller', async () => {
    const [one, two] = await Promise.all([line.request(caller, 'immediate'), line.request(caller, 'vital')]);
    expect(one).toBe(two);
  });

  it('gives each of twenty callers a person of their own, or nobody', async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, (_, index) => line.request(asId<ConversationId>(`c${index}`), 'immediate')),
    );
    await Promise.all(ids.map((id) => line.advance(id)));
    expect(new Set(rung).size).toBe(rung.length);
    expect(rung.length).toBeLessThanOrEqual(3);
  });
});
