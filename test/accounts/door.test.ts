import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeFor } from '../../src/accounts/second-factor.js';
import { SESSION_IDLE, SESSION_LONGEST, SIGN_IN_LONGEST } from '../../src/accounts/sessions.js';
import { createStaff, type Staff } from '../../src/accounts/staff.js';
import { MINUTE, SECOND } from '../../src/kernel/clock.js';
import { asId, type StaffId } from '../../src/kernel/ids.js';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.js';
import { seededRandom } from '../support/seeded-random.js';
import { temporaryStore } from '../support/temporary-store.js';

const SECRET = 'NUMEROUNIQUEDEMONSTRATION234567A';
const PASSWORD = 'girafes-dormeuses';
const camille = asId<StaffId>('camille');

let clock: FrozenClock;
let opened: Awaited<ReturnType<typeof temporaryStore>>;
let staff: Staff;
let hashing: { running: number; most: number };
beforeEach(async () => {
  clock = frozenClock();
  opened = await temporaryStore();
  hashing = { running: 0, most: 0 };
  staff = createStaff({
    clock,
    random: seededRandom(),
    stores: opened.stores,
    audit: { record: async () => undefined },
    hasher: {
      hash: async (password) => `hash of ${password}`,
      async verify(stored, password) {
        hashing.running += 1;
        hashing.most = Math.max(hashing.most, hashing.running);
        await new Promise((resolve) => setImmediate(resolve));
        hashing.running -= 1;
        return stored === `hash of ${password}`;
      },
    },
    sealer: { seal: (text) => text, open: (text) => text },
  });
  await staff.accounts.add({
    login: 'camille',
    pseudonym: 'C',
    roles: ['operator'],
    password: PASSWORD,
    id: camille,
  });
  await staff.secondFactors.preset(camille, SECRET);
});
afterEach(() => opened.remove());

const afterPassword = async (): Promise<string> => {
  const outcome = await staff.door.password('Camille', PASSWORD);
  if (outcome.kind !== 'code-wanted') throw new Error(outcome.kind);
  return outcome.token;
};
const code = (): string => codeFor(SECRET, clock.now());
const signedIn = async (): Promise<string> => {
  const outcome = await staff.door.code(await afterPassword(), code());
  if (outcome.kind !== 'signed-in') throw new Error(outcome.kind);
  return outcome.token;
};

describe('the door', () => {
  it('opens to a password and a code, with a token that was not known before', async () => {
    const token = await afterPassword();
    expect(await staff.accounts.session(token)).toBeUndefined();
    const outcome = await staff.door.code(token, code());
    expect(outcome).toMatchObject({ kind: 'signed-in', recoveryLeft: undefined });
    expect(outcome.kind === 'signed-in' && outcome.token).not.toBe(token);
    expect(await staff.door.code(token, code())).toEqual({ kind: 'ended' });
  });

  it('gives no second step to a signed-in session, and no session to a second step', async () => {
    const token = await signedIn();
    expect(await staff.door.code(token, code())).toEqual({ kind: 'ended' });
    expect(await staff.door.enrolment(token)).toBeUndefined();
    expect(await staff.door.enrolment(await afterPassword())).toBeUndefined();
    expect(await staff.door.enrol(await afterPassword(), code())).toEqual({ kind: 'ended' });
  });

  it('waits for a code ten minutes and no longer', async () => {
    const early = await afterPassword();
    const late = await afterPassword();
    clock.advance(SIGN_IN_LONGEST - 1);
    expect((await staff.door.code(early, code())).kind).toBe('signed-in');
    clock.advance(1);
    expect(await staff.door.code(late, code())).toEqual({ kind: 'ended' });
  });

  it('slows guesses at a password down, then lets the right one in', async () => {
    for (let tries = 0; tries < 3; tries += 1)
      expect(await staff.door.password('camille', 'wrong')).toEqual({ kind: 'refused' });
    expect(await staff.door.password('camille', PASSWORD)).toEqual({ kind: 'slow-down', seconds: 2 });
    clock.advance(2 * SECOND - 1);
    expect((await staff.door.password('camille', PASSWORD)).kind).toBe('slow-down');
    clock.advance(1);
    expect((await staff.door.password('camille', PASSWORD)).kind).toBe('code-wanted');
  });

  it('never makes anybody wait longer than five minutes, whatever the number of guesses', async () => {
    for (let tries = 0; tries < 30; tries += 1) {
      await staff.door.password('camille', 'wrong');
      clock.advance(5 * MINUTE);
    }
    expect((await staff.door.password('camille', PASSWORD)).kind).toBe('code-wanted');
  });

  it('slows guesses at a code down, apart from those at the password', async () => {
    const token = await afterPassword();
    for (let tries = 0; tries < 3; tries += 1)
      expect(await staff.door.code(token, '000000')).toEqual({ kind: 'refused' });
    expect(await staff.door.code(token, code())).toEqual({ kind: 'slow-down', seconds: 2 });
    expect((await staff.door.password('camille', PASSWORD)).kind).toBe('code-wanted');
    clock.advance(2 * SECOND);
    expect((await staff.door.code(token, code())).kind).toBe('signed-in');
  });

  it('answers an unknown login as a wrong password, and hashes either way', async () => {
    expect(await staff.door.password('nobody', PASSWORD)).toEqual({ kind: 'refused' });
    expect(hashing.most).toBe(1);
  });

  it('hashes two at a time, lets twenty wait and tells the others to come back', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, index) => staff.door.password(`login-${index}`, 'x')),
    );
    expect(hashing.most).toBe(2);
    expect(outcomes.filter(({ kind }) => kind === 'refused')).toHaveLength(22);
    expect(outcomes.filter(({ kind }) => kind === 'slow-down')).toHaveLength(18);
    expect((await staff.door.password('camille', PASSWORD)).kind).toBe('code-wanted');
  });

  it('lets nobody in whose account was disabled between the two steps', async () => {
    const token = await afterPassword();
    await staff.accounts.disable('camille', 'command-line');
    expect(await staff.door.code(token, code())).toEqual({ kind: 'ended' });
    expect(await staff.door.password('camille', PASSWORD)).toEqual({ kind: 'refused' });
    await staff.accounts.enable('camille', 'command-line');
    expect((await staff.door.password('camille', PASSWORD)).kind).toBe('code-wanted');
  });
});

describe('a session', () => {
  it('ends half an hour after the last activity, and twelve hours after its beginning', async () => {
    const token = await signedIn();
    clock.advance(SESSION_IDLE - 1);
    expect(await staff.accounts.session(token)).toBeDefined();
    clock.advance(SESSION_IDLE);
    expect(await staff.accounts.session(token)).toBeUndefined();
    const busy = await signedIn();
    for (let spent = 0; spent < SESSION_LONGEST - SESSION_IDLE; spent += SESSION_IDLE - MINUTE) {
      clock.advance(SESSION_IDLE - MINUTE);
      expect(await staff.accounts.session(busy)).toBeDefined();
    }
    clock.advance(SESSION_IDLE - 1);
    expect(await staff.accounts.session(busy)).toBeUndefined();
  });

  it('is listed, and ends everywhere at once', async () => {
    const first = await signedIn();
    clock.advance(MINUTE);
    const second = await signedIn();
    await afterPassword();
    expect(await staff.sessions.listOf(camille)).toHaveLength(2);
    await staff.sessions.endAllOf(camille);
    for (const token of [first, second]) expect(await staff.accounts.session(token)).toBeUndefined();
  });

  it('ends with a new password, which the old one is asked for', async () => {
    const token = await signedIn();
    const given = { current: 'not the one', next: 'a quite new password' };
    expect(await staff.accounts.changePassword(camille, given)).toBe('wrong');
    expect(await staff.accounts.session(token)).toBeDefined();
    expect(await staff.accounts.changePassword(camille, { ...given, current: PASSWORD })).toBe('changed');
    expect(await staff.accounts.session(token)).toBeUndefined();
    expect((await staff.door.password('camille', 'a quite new password')).kind).toBe('code-wanted');
  });

  it('ends when the authenticator is reset, and the next sign-in enrols another', async () => {
    const token = await signedIn();
    await staff.accounts.resetSecondFactor('camille', 'command-line');
    expect(await staff.accounts.session(token)).toBeUndefined();
    expect((await staff.door.password('camille', PASSWORD)).kind).toBe('enrolment-wanted');
  });
});

describe('an edit of an account', () => {
  const edit = { pseudonym: 'Cam', roles: ['operator', 'admin'], by: 'command-line' } as const;

  it('is refused when somebody else has changed it, and shows what is there', async () => {
    const changed = await staff.accounts.edit(camille, { ...edit, version: 1 });
    expect(changed).toMatchObject({ kind: 'changed', account: { pseudonym: 'Cam', version: 2 } });
    const late = await staff.accounts.edit(camille, { ...edit, version: 1, pseudonym: 'Late' });
    expect(late).toMatchObject({ kind: 'conflict', current: { pseudonym: 'Cam', version: 2 } });
  });

  it('takes the administration from nobody’s own hands', async () => {
    await staff.accounts.edit(camille, { ...edit, version: 1 });
    const own = { ...edit, version: 2, roles: ['operator'], by: camille } as const;
    expect(await staff.accounts.edit(camille, own)).toEqual({ kind: 'own-administration' });
    expect(await staff.accounts.disable('camille', camille)).toBe('own-administration');
  });
});
