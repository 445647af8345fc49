import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, instant, MINUTE } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { type RingingService, ringingService } from '../support/ringing-service.js';

let office: RingingService;
beforeEach(async () => {
  office = await ringingService();
});
afterEach(() => office.remove());

/** The psychologist who is rung first has an appointment that begins so many milliseconds from now. */
async function appointmentIn(ms: number): Promise<void> {
  const { clock, service } = office.running;
  const now = clock.now();
  const start = instant(now + ms);
  const end = instant(start + HOUR);
  await service.stores.bookings.hold(
    {
      ...{ id: asId('b'), psychologist: asId('psy-telephone-1'), site: asId('s'), mode: 'telephone' },
      ...{ start, end, blockedFrom: start, blockedTo: end, codeHash: 'code', session: 1, proposal: null },
      ...{ heldBy: asId('c'), heldUntil: end, status: 'held' },
    },
    now,
  );
  await service.stores.bookings.confirm(asId('b'), now);
}

describe('a psychologist with an appointment', () => {
  it.each([
    ['has begun', -MINUTE, '+33199000102'],
    ['begins in less than ten minutes', 10 * MINUTE - 1, '+33199000102'],
    ['begins in ten minutes', 10 * MINUTE, '+33199000101'],
  ])('that %s: whoever is free is rung', async (_when, ms, first) => {
    await appointmentIn(ms);
    await office.waiting();
    await expect.poll(() => office.desks().map(({ number }) => number), { timeout: 5_000 }).toEqual([first]);
  });
});
