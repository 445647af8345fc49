import type { StaffId } from '../kernel/ids.js';
import type { Account } from './account.js';
import type { AccountStore } from './account-store.js';
import type { Audit } from './audit.js';
import type { PasswordGate } from './password-gate.js';
import type { SecondFactors } from './second-factor.js';
import type { Sessions } from './sessions.js';
import type { SignInBrake } from './sign-in-brake.js';

export type SlowDown = { kind: 'slow-down'; seconds: number };

export type PasswordOutcome =
  /** `token` opens the second step, and nothing else. */
  { kind: 'code-wanted' | 'enrolment-wanted'; token: string } | { kind: 'refused' } | SlowDown;

export type CodeStepOutcome =
  | { kind: 'signed-in'; token: string; account: Account; recoveryLeft: number | undefined }
  | { kind: 'refused' }
  /** Too long since the password. */
  | { kind: 'ended' }
  | SlowDown;

export type EnrolmentOutcome =
  | { kind: 'signed-in'; token: string; account: Account; recoveryCodes: string[] }
  | { kind: 'refused' }
  | { kind: 'ended' };

/** How staff come in: a password, then a code; or somebody who vouches for both. */
export interface Door {
  password(login: string, password: string): Promise<PasswordOutcome>;
  /** Who has given the password and not yet the code. */
  waiting(token: string): Promise<StaffId | undefined>;
  code(token: string, code: string): Promise<CodeStepOutcome>;
  /** What a first sign-in shows; `undefined` when it is too late, or not the time. */
  enrolment(token: string): Promise<{ secret: string; uri: string } | undefined>;
  enrol(token: string, code: string): Promise<EnrolmentOutcome>;
  /** For whoever a provider of identities has brought. @returns the token of a session */
  admit(account: Account): Promise<string>;
  signOut(token: string): Promise<void>;
}

export function createDoor(dependencies: {
  accounts: Pick<AccountStore, 'byLogin' | 'get'>;
  sessions: Sessions;
  secondFactors: SecondFactors;
  passwords: PasswordGate;
  brake: SignInBrake;
  audit: Pick<Audit, 'record'>;
}): Door {
  const { accounts, sessions, secondFactors, passwords, brake, audit } = dependencies;

  const admit = async (account: Account): Promise<string> => {
    const token = await sessions.open(account.id, 'signed-in');
    await audit.record({ by: account.id, act: 'signed-in' });
    return token;
  };

  const atStep = async (token: string, stage: 'code' | 'enrolment'): Promise<Account | undefined> => {
    const session = await sessions.find(token);
    const account = session?.stage === stage ? await accounts.get(session.staff) : undefined;
    return account?.disabled === true ? undefined : account;
  };

  const refused = async (key: string, account: StaffId | undefined): Promise<{ kind: 'refused' }> => {
    brake.failed(key);
    if (account !== undefined) await audit.record({ by: 'unknown', act: 'sign-in-failed', on: account });
    return { kind: 'refused' };
  };

  const slowed = (key: string): SlowDown | undefined => {
    const wait = brake.waitFor(key);
    return wait > 0 ? { kind: 'slow-down', seconds: Math.ceil(wait / 1_000) } : undefined;
  };

  return {
    admit,
    async password(login, password) {
      const key = login.toLowerCase();
      const slow = slowed(key);
      if (slow !== undefined) return slow;
      const account = await accounts.byLogin(key);
      const verdict = await passwords.verify(account?.passwordHash, password);
      if (verdict === 'busy') return { kind: 'slow-down', seconds: 1 };
      if (account === undefined || account.disabled || verdict === 'wrong') return refused(key, account?.id);
      brake.succeeded(key);
      const stage = (await secondFactors.isConfirmed(account.id)) ? 'code' : 'enrolment';
      return { kind: `${stage}-wanted`, token: await sessions.open(account.id, stage) };
    },
    waiting: async (token) => (await atStep(token, 'code'))?.id,
    async code(token, code) {
      const account = await atStep(token, 'code');
      if (account === undefined) return { kind: 'ended' };
      const key = `code ${account.id}`;
      const slow = slowed(key);
      if (slow !== undefined) return slow;
      const outcome = await secondFactors.check(account.id, code);
      if (outcome.kind === 'wrong') return refused(key, account.id);
      brake.succeeded(key);
      await sessions.end(token);
      if (outcome.kind === 'recovered') await audit.record({ by: account.id, act: 'recovery-code-used' });
      const recoveryLeft = outcome.kind === 'recovered' ? outcome.left : undefined;
      return { kind: 'signed-in', token: await admit(account), account, recoveryLeft };
    },
    async enrolment(token) {
      const account = await atStep(token, 'enrolment');
      return account === undefined ? undefined : secondFactors.enrolment(account.id, account.login);
    },
    async enrol(token, code) {
      const account = await atStep(token, 'enrolment');
      if (account === undefined) return { kind: 'ended' };
      const recoveryCodes = await secondFactors.confirm(account.id, code);
      if (recoveryCodes === undefined) return { kind: 'refused' };
      await sessions.end(token);
      await audit.record({ by: account.id, act: 'totp-enrolled' });
      return { kind: 'signed-in', token: await admit(account), account, recoveryCodes };
    },
    async signOut(token) {
      const ended = await sessions.end(token);
      if (ended?.stage === 'signed-in') await audit.record({ by: ended.staff, act: 'signed-out' });
    },
  };
}
