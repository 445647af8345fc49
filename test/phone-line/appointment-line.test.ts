import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECOND } from '../../src/kernel/clock.js';
import { asId, type ConversationId, type LegId } from '../../src/kernel/ids.js';
import type { ResponderId } from '../../src/phone-line/line.js';
import { createPhoneLine, type PhoneLine } from '../../src/phone-line/phone-line.js';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.js';
import { seededRandom } from '../support/seeded-random.js';
import { type TemporaryStore, temporaryStore } from '../support/temporary-store.js';

const caller = asId<ConversationId>('caller');
const dominique = asId<ResponderId>('dominique');

let store: TemporaryStore;
let clock: FrozenClock;
let line: PhoneLine;
let rung: string[];

beforeEach(async () => {
  store = await temporaryStore();
  clock = frozenClock();
  rung = [];
  line = createPhoneLine({
    ...{ clock, random: seededRandom(), duties: store.stores.duties, requests: store.stores.lineRequests },
    carrier: {
      ring: async ({ responder }) => {
        rung.push(responder);
        return { kind: 'ringing', leg: asId<LegId>(`leg-${responder}`) };
      },
      hangUp: async () => undefined,
    },
    // Everybody who has an appointment now, this caller's own psychologist first of all.
    busyTimes: { inAppointment: async () => new Set(['dominique']) },
  });
  for (const [id, role] of [
    ['sacha', 'psychologist'],
    ['dominique', 'psychologist'],
    ['camille', 'operator'],
  ] as const) {
    await line.setAvailable(asId<ResponderId>(id), role, true);
    clock.advance(SECOND);
  }
});
afterEach(() => store.remove());

describe('the line at the time of an appointment', () => {
  it('rings the psychologist whose it is, on duty or not, then an operator, and nobody else', async () => {
    await line.setAvailable(dominique, 'psychologist', false);
    const id = await line.request(caller, 'appointment', dominique);
    await line.advance(id);
    expect(rung).toEqual(['dominique']);
    clock.advance(20 * SECOND);
    await line.advance(id);
    expect(rung).toEqual(['dominique', 'camille']);
    clock.advance(20 * SECOND);
    expect(await line.advance(id)).toEqual({ kind: 'ended', because: 'nobody' });
  });

  it('connects the psychologist who presses 1', async () => {
    const id = await line.request(caller, 'appointment', dominique);
    await line.advance(id);
    expect(await line.accept(id, { responder: dominique, leg: asId('leg-dominique') })).toBe('accepted');
    expect(await line.advance(id)).toEqual({ kind: 'accepted' });
  });

  it('rings an operator at once when the psychologist is in another call, or was never on the line', async () => {
    const unknown = await line.request(caller, 'appointment', asId('nobody'));
    await line.advance(unknown);
    expect(rung).toEqual(['camille']);
  });

  it('never pauses a psychologist who is late for it', async () => {
    for (const conversation of ['one', 'two', 'three']) {
      const id = await line.request(asId(conversation), 'appointment', dominique);
      await line.advance(id);
      await line.legEnded(id, dominique, 'unanswered');
    }
    expect(await line.onDuty()).toEqual({ psychologists: 2, operators: 1 });
  });
});
