import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeFor, createSecondFactors, type SecondFactors } from '../../src/accounts/second-factor.js';
import { SECOND } from '../../src/kernel/clock.js';
import { asId, type StaffId } from '../../src/kernel/ids.js';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.js';
import { seededRandom } from '../support/seeded-random.js';
import { temporaryStore } from '../support/temporary-store.js';

const camille = asId<StaffId>('camille');
const STEP = 30 * SECOND;

let clock: FrozenClock;
let opened: Awaited<ReturnType<typeof temporaryStore>>;
let factors: SecondFactors;
beforeEach(async () => {
  clock = frozenClock('2026-03-02T09:00:00Z');
  opened = await temporaryStore();
  const sealer = { seal: (text: string) => `sealed ${text}`, open: (text: string) => text.slice(7) };
  factors = createSecondFactors({
    clock,
    random: seededRandom(),
    store: opened.stores.secondFactors,
    sealer,
  });
});
afterEach(() => opened.remove());

async function enrolled(): Promise<{ secret: string; recovery: string[]; code: () => string }> {
  const shared = await factors.enrolment(camille, 'camille');
  const secret = shared?.secret ?? '';
  const recovery = (await factors.confirm(camille, codeFor(secret, clock.now()))) ?? [];
  clock.advance(STEP);
  return { secret, recovery, code: () => codeFor(secret, clock.now()) };
}

describe('the second factor', () => {
  it('makes the codes of RFC 6238 (appendix B, SHA-1, last six digits)', () => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    const cases = [
      [59, '287082'],
      [1_111_111_109, '081804'],
      [1_234_567_890, '005924'],
      [20_000_000_000, '353130'],
    ] as const;
    for (const [seconds, code] of cases) expect(codeFor(secret, (seconds * SECOND) as never)).toBe(code);
  });

  it('shows the same secret until a code confirms it, and never afterwards', async () => {
    const shown = await factors.enrolment(camille, 'camille');
    expect(await factors.enrolment(camille, 'camille')).toEqual(shown);
    expect(shown?.uri).toMatch(/^otpauth:\/\/totp\/Num%C3%A9ro%20unique:camille\?.*secret=[A-Z2-7]{32}/);
    expect(await factors.isConfirmed(camille)).toBe(false);
    expect(await factors.confirm(camille, '000000')).toBeUndefined();
    expect(await factors.confirm(camille, codeFor(shown?.secret ?? '', clock.now()))).toHaveLength(10);
    expect(await factors.isConfirmed(camille)).toBe(true);
    expect(await factors.enrolment(camille, 'camille')).toBeUndefined();
  });

  it('takes a code once, and no earlier one after it', async () => {
    const { secret, code } = await enrolled();
    expect(await factors.check(camille, code())).toEqual({ kind: 'right' });
    expect(await factors.check(camille, code())).toEqual({ kind: 'wrong' });
    const early = codeFor(secret, (clock.now() - STEP) as never);
    expect(await factors.check(camille, early)).toEqual({ kind: 'wrong' });
    clock.advance(STEP);
    expect(await factors.check(camille, code())).toEqual({ kind: 'right' });
  });

  it('takes the code that confirmed it for no sign-in', async () => {
    const shared = await factors.enrolment(camille, 'camille');
    const code = codeFor(shared?.secret ?? '', clock.now());
    await factors.confirm(camille, code);
    expect(await factors.check(camille, code)).toEqual({ kind: 'wrong' });
  });

  it.each([
    [-2, 'wrong'],
    [-1, 'right'],
    [0, 'right'],
    [1, 'right'],
    [2, 'wrong'],
  ])('takes a code that is %i steps away: %s', async (steps, kind) => {
    const { secret } = await enrolled();
    clock.advance(5 * STEP);
    const code = codeFor(secret, (clock.now() + steps * STEP) as never);
    expect((await factors.check(camille, `${code.slice(0, 3)} ${code.slice(3)}`)).kind).toBe(kind);
  });

  it('lets one of twenty who bring the same code in', async () => {
    const { code } = await enrolled();
    const given = code();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => factors.check(camille, given)));
    expect(outcomes.filter(({ kind }) => kind === 'right')).toHaveLength(1);
  });

  it('takes each recovery code once, however it is typed, and none after new ones were made', async () => {
    const { recovery } = await enrolled();
    const [first = '', second = ''] = recovery;
    expect(first).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/);
    expect(new Set(recovery).size).toBe(10);
    const both = await Promise.all([1, 2].map(() => factors.check(camille, first.toUpperCase())));
    expect(both.filter(({ kind }) => kind === 'recovered')).toEqual([{ kind: 'recovered', left: 9 }]);
    expect(await factors.recoveryLeft(camille)).toBe(9);
    await factors.renewRecovery(camille);
    expect(await factors.check(camille, second)).toEqual({ kind: 'wrong' });
    expect(await factors.recoveryLeft(camille)).toBe(10);
  });

  it('keeps no secret and no recovery code in clear', async () => {
    const { recovery } = await enrolled();
    const stored = JSON.stringify(await opened.stores.secondFactors.get(camille));
    for (const code of recovery) expect(stored).not.toContain(code);
    expect(stored).toContain('"sealed":"sealed ');
  });

  it('starts anew when it was reset', async () => {
    const { secret, code } = await enrolled();
    await factors.remove(camille);
    expect(await factors.check(camille, code())).toEqual({ kind: 'wrong' });
    expect((await factors.enrolment(camille, 'camille'))?.secret).not.toBe(secret);
  });

  it.each(['', '12345', '1234567', 'abcdef', '-'.repeat(40)])('refuses %j', async (code) => {
    await enrolled();
    expect(await factors.check(camille, code)).toEqual({ kind: 'wrong' });
  });
});
