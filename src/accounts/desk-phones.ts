import { createHmac, timingSafeEqual } from 'node:crypto';
import { after, type Clock, MINUTE } from '../kernel/clock.js';
import type { StaffId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import type { DeskPhoneCheck } from './account.js';
import type { AccountStore } from './account-store.js';
import type { Audit } from './audit.js';
import { changeAccount } from './change-account.js';

/** Seals bound to whose phone it is. */
export interface DeskPhoneSealer {
  sealNumber(number: string, staff: StaffId): string;
  sealCode(code: string, staff: StaffId): string;
  /** @throws CodedError `invalid-input` when it was not sealed so */
  openCode(sealed: string, staff: StaffId): string;
}

/** Rings the phone that was entered; whoever answers hears the code that is in `ticket`, sealed. */
export interface CodeCaller {
  sayCode(call: { responder: StaffId; ticket: string }): Promise<'ringing' | 'failed'>;
}

export type CodeCall =
  | 'ringing'
  /** The network could not place the call. The number is kept, and may be called again in a minute. */
  | 'failed'
  /** Called less than a minute ago; nothing was changed. */
  | 'soon'
  /** There is no number, or it is verified already. */
  | 'none';
export type CodeOutcome = 'verified' | 'wrong' | 'over';

/** One's own desk phone: rung for callers only once its owner has keyed the code that was said on it. */
export interface DeskPhones {
  /** @param number E.164 */
  enter(staff: StaffId, number: string): Promise<CodeCall>;
  callAgain(staff: StaffId): Promise<CodeCall>;
  verify(staff: StaffId, code: string): Promise<CodeOutcome>;
  remove(staff: StaffId): Promise<void>;
  /** The code of a ticket, as it is said. @throws CodedError `invalid-input` for a ticket that is not ours */
  codeOf(staff: StaffId, ticket: string): string;
}

const DIGITS = 4;
export const CODE_TRIES = 3;
export const CODE_MINUTES = 10;
/** Nobody makes the service ring a number over and over. */
const CALLS_APART = MINUTE;

/** Whether a code may still be keyed. Accounts written before there were codes have none. */
export const isCodeAwaited = (check: DeskPhoneCheck | null | undefined, now: number): boolean =>
  check != null && check.triesLeft > 0 && now < check.endsAt;

export function createDeskPhones(parts: {
  clock: Clock;
  random: Random;
  accounts: AccountStore;
  audit: Pick<Audit, 'record'>;
  sealer: DeskPhoneSealer;
  /** Four digits are soon guessed from a plain hash. */
  codeKey: Buffer;
  carrier: CodeCaller;
}): DeskPhones {
  const { clock, random, accounts, audit, sealer, codeKey, carrier } = parts;
  const hashOf = (staff: StaffId, code: string): Buffer =>
    createHmac('sha256', codeKey).update(`${staff}:${code}`).digest();
  const newCode = (): string => String(random.bytes(4).readUInt32BE() % 10 ** DIGITS).padStart(DIGITS, '0');

  /** @param number sealed; absent, the number that is there is called again */
  const call = async (staff: StaffId, number?: string): Promise<CodeCall> => {
    const now = clock.now();
    const code = newCode();
    const deskPhoneCheck: DeskPhoneCheck = {
      codeHash: hashOf(staff, code).toString('hex'),
      triesLeft: CODE_TRIES,
      calledAt: now,
      endsAt: after(now, CODE_MINUTES * MINUTE),
    };
    let refused: 'soon' | 'none' = 'none';
    const changed = await changeAccount(accounts, staff, (known) => {
      const deskPhone = number ?? known.deskPhone;
      refused = 'none';
      if (deskPhone === null || (number === undefined && known.deskPhoneVerified)) return undefined;
      refused = 'soon';
      const calledAt = known.deskPhoneCheck?.calledAt;
      if (calledAt !== undefined && now < after(calledAt, CALLS_APART)) return undefined;
      return { ...known, deskPhone, deskPhoneVerified: false, deskPhoneCheck };
    });
    if (changed === undefined) return refused;
    if (number !== undefined) await audit.record({ by: staff, act: 'desk-phone-entered' });
    return carrier.sayCode({ responder: staff, ticket: sealer.sealCode(code, staff) });
  };

  return {
    enter: (staff, number) => call(staff, sealer.sealNumber(number, staff)),
    callAgain: (staff) => call(staff),
    async verify(staff, code) {
      const given = hashOf(staff, code);
      let outcome: CodeOutcome = 'over';
      await changeAccount(accounts, staff, (known) => {
        const check = known.deskPhoneCheck;
        outcome = 'over';
        if (known.deskPhone === null || check == null || !isCodeAwaited(check, clock.now())) return undefined;
        outcome = timingSafeEqual(given, Buffer.from(check.codeHash, 'hex')) ? 'verified' : 'wrong';
        if (outcome === 'verified') return { ...known, deskPhoneVerified: true, deskPhoneCheck: null };
        return { ...known, deskPhoneCheck: { ...check, triesLeft: check.triesLeft - 1 } };
      });
      // The closure writes it; the compiler does not follow.
      const found = outcome as CodeOutcome;
      if (found === 'verified') await audit.record({ by: staff, act: 'desk-phone-verified' });
      return found;
    },
    async remove(staff) {
      // The check stays, out of tries: it remembers when the last call was.
      const changed = await changeAccount(accounts, staff, (known) => ({
        ...known,
        deskPhone: null,
        deskPhoneVerified: false,
        deskPhoneCheck: known.deskPhoneCheck && { ...known.deskPhoneCheck, triesLeft: 0 },
      }));
      if (changed !== undefined) await audit.record({ by: staff, act: 'desk-phone-removed' });
    },
    codeOf: (staff, ticket) => sealer.openCode(ticket, staff),
  };
}
