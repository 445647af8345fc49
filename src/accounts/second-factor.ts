import { createHash } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Clock, Instant } from '../kernel/clock.js';
import type { StaffId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import type { SecondFactorStore } from './second-factor-store.js';

/** What a staff member proves beside the password. */
export interface SecondFactor {
  staff: StaffId;
  /** Shared with an authenticator, encrypted. */
  sealed: string;
  /** False until a first code has shown that the authenticator has it. */
  confirmed: boolean;
  /** The last 30 s step whose code was used: neither it nor an earlier one is taken again. */
  lastStep: number;
  /** SHA-256 of the recovery codes that were not used, hex. */
  recovery: readonly string[];
  version: number;
}

/** Encrypts the shared secret; joined to the service's keys in compose. */
export interface SecretSealer {
  seal(secret: string, staff: StaffId): string;
  open(sealed: string, staff: StaffId): string;
}

export type CodeOutcome =
  | { kind: 'right' }
  /** A recovery code, now used up. */
  | { kind: 'recovered'; left: number }
  | { kind: 'wrong' };

export interface SecondFactors {
  isConfirmed(staff: StaffId): Promise<boolean>;
  /** The secret to show, made at the first call: base32, and the `otpauth:` address; `undefined` once confirmed. */
  enrolment(staff: StaffId, login: string): Promise<{ secret: string; uri: string } | undefined>;
  /** @returns the recovery codes, in clear for the only time; `undefined` for a wrong code */
  confirm(staff: StaffId, code: string): Promise<string[] | undefined>;
  /** A code of the authenticator, or a recovery code; each is taken once. */
  check(staff: StaffId, code: string): Promise<CodeOutcome>;
  /** New recovery codes in the place of the old ones. */
  renewRecovery(staff: StaffId): Promise<string[]>;
  recoveryLeft(staff: StaffId): Promise<number>;
  /** To be enrolled again. */
  remove(staff: StaffId): Promise<void>;
  /** Demonstration only: as if `secret` had been enrolled. */
  preset(staff: StaffId, secret: string): Promise<void>;
}

export const ISSUER = 'Numéro unique';
const SETTING = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** RFC 6238, section 5.2: one step either way for clocks and slow fingers. */
const WINDOW = 1;
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
/** 80 bits: a plain hash of it cannot be guessed. */
const RECOVERY_BYTES = 10;
const ATTEMPTS = 5;

export function createSecondFactors(dependencies: {
  clock: Clock;
  random: Random;
  store: SecondFactorStore;
  sealer: SecretSealer;
}): SecondFactors {
  const { clock, random, store, sealer } = dependencies;

  /** Writes what `next` makes of the factor, unless somebody else just did: then looks again. */
  const change = async <T>(
    staff: StaffId,
    next: (factor: SecondFactor) => { factor?: SecondFactor; answer: T },
  ): Promise<T | undefined> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const current = await store.get(staff);
      if (current === undefined) return undefined;
      const { factor, answer } = next(current);
      if (factor === undefined) return answer;
      if ((await store.save({ ...factor, version: current.version + 1 })) === 'saved') return answer;
    }
    return undefined;
  };

  const stepOf = (factor: SecondFactor, code: string): number | undefined =>
    acceptableStep({ secret: sealer.open(factor.sealed, factor.staff), now: clock.now(), code }, factor);

  /** With the service's present key, so that the one before it can be dropped. */
  const resealed = (factor: SecondFactor): SecondFactor => {
    const secret = sealer.open(factor.sealed, factor.staff);
    return { ...factor, sealed: sealer.seal(secret, factor.staff) };
  };

  const newCodes = (): string[] =>
    Array.from({ length: RECOVERY_CODES }, () => readable(random.bytes(RECOVERY_BYTES)));

  const fresh = (staff: StaffId, secret: string): SecondFactor => ({
    staff,
    sealed: sealer.seal(secret, staff),
    confirmed: false,
    lastStep: 0,
    recovery: [],
    version: 1,
  });

  return {
    isConfirmed: async (staff) => (await store.get(staff))?.confirmed === true,
    async enrolment(staff, login) {
      const made = new Secret({ buffer: arrayBufferOf(random.bytes(SECRET_BYTES)) }).base32;
      await store.save(fresh(staff, made));
      const factor = await store.get(staff);
      if (factor === undefined || factor.confirmed) return undefined;
      const secret = sealer.open(factor.sealed, staff);
      return { secret, uri: totp(secret, login).toString() };
    },
    confirm(staff, code) {
      const codes = newCodes();
      return change(staff, (factor) => {
        const step = factor.confirmed ? undefined : stepOf(factor, code);
        if (step === undefined) return { answer: undefined };
        const recovery = codes.map(hashOf);
        return { factor: { ...factor, confirmed: true, lastStep: step, recovery }, answer: codes };
      });
    },
    async check(staff, code) {
      const outcome = await change<CodeOutcome>(staff, (factor) => {
        if (!factor.confirmed) return { answer: { kind: 'wrong' } };
        const step = stepOf(factor, code);
        if (step !== undefined)
          return { factor: resealed({ ...factor, lastStep: step }), answer: { kind: 'right' } };
        const hash = hashOf(code);
        if (!factor.recovery.includes(hash)) return { answer: { kind: 'wrong' } };
        const recovery = factor.recovery.filter((other) => other !== hash);
        return { factor: { ...factor, recovery }, answer: { kind: 'recovered', left: recovery.length } };
      });
      return outcome ?? { kind: 'wrong' };
    },
    async renewRecovery(staff) {
      const codes = newCodes();
      const renewed = await change(staff, (factor) => ({
        factor: { ...factor, recovery: codes.map(hashOf) },
        answer: codes,
      }));
      return renewed ?? [];
    },
    recoveryLeft: async (staff) => (await store.get(staff))?.recovery.length ?? 0,
    remove: (staff) => store.remove(staff),
    async preset(staff, secret) {
      await store.save({ ...fresh(staff, secret), confirmed: true });
    },
  };
}

const totp = (secret: string, label: string): TOTP =>
  new TOTP({ ...SETTING, issuer: ISSUER, label, secret: Secret.fromBase32(secret) });

/**
 * The code that would be taken next: of this step, or of the one after when this one was used.
 * @param after the last step used
 */
export function codeFor(secret: string, now: Instant, after = 0): string {
  const step = Math.max(TOTP.counter({ period: SETTING.period, timestamp: now }), after + 1);
  return totp(secret, '').generate({ timestamp: step * SETTING.period * 1_000 });
}

function acceptableStep(
  { secret, now, code }: { secret: string; now: Instant; code: string },
  { lastStep }: SecondFactor,
): number | undefined {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = totp(secret, '').validate({ token, timestamp: now, window: WINDOW });
  if (delta === null) return undefined;
  const step = TOTP.counter({ period: SETTING.period, timestamp: now }) + delta;
  return step > lastStep ? step : undefined;
}

const GROUP = /.{4}(?=.)/g;

/** Base32 in groups of four: no letter that looks like a digit. */
const readable = (bytes: Buffer): string =>
  new Secret({ buffer: arrayBufferOf(bytes) }).base32.toLowerCase().replace(GROUP, '$&-');

const hashOf = (code: string): string =>
  createHash('sha256')
    .update(code.toLowerCase().replace(/[^a-z2-7]/g, ''))
    .digest('hex');

const arrayBufferOf = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;
