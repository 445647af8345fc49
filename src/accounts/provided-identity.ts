import { createHash } from 'node:crypto';
import { asId, type StaffId } from '../kernel/ids.js';
import { type Random, token } from '../kernel/random.js';
import type { Account, Role } from './account.js';
import type { Accounts } from './accounts.js';
import type { Sessions } from './sessions.js';

/** Somebody a provider of identities vouches for. */
export interface ProvidedIdentity {
  issuer: string;
  /** The provider's own name for them, which never changes. */
  subject: string;
  /** What to call them; not unique. */
  name: string;
  /** After the mapping of the configuration. */
  roles: readonly Role[];
}

export type ProvidedOutcome =
  | { kind: 'known'; account: Account }
  /** No role here: no account is made, and what was open is closed. */
  | { kind: 'no-role' }
  | { kind: 'disabled' };

const PASSWORD_BYTES = 48;
const LONGEST_NAME = 60;

/** The account of somebody a provider has brought: made at the first time, its roles as the provider says now. */
export function createProvidedAccounts(dependencies: {
  random: Random;
  accounts: Accounts;
  sessions: Pick<Sessions, 'endAllOf'>;
}): (identity: ProvidedIdentity) => Promise<ProvidedOutcome> {
  const { random, accounts, sessions } = dependencies;

  const make = async (id: StaffId, { name, roles }: ProvidedIdentity): Promise<Account | undefined> => {
    const password = token(random, PASSWORD_BYTES);
    const pseudonym = name.trim().slice(0, LONGEST_NAME) || 'Collègue';
    await accounts.add({ id, login: id.toLowerCase(), pseudonym, roles, password });
    return accounts.get(id);
  };

  const withRoles = async (account: Account, roles: readonly Role[]): Promise<Account> => {
    const same = [...roles].sort().join() === [...account.roles].sort().join();
    if (same) return account;
    const { version, pseudonym } = account;
    const outcome = await accounts.edit(account.id, { version, pseudonym, roles, by: 'service' });
    return outcome.kind === 'changed' ? outcome.account : { ...account, roles };
  };

  return async (identity) => {
    const id = staffIdOf(identity);
    const known = await accounts.get(id);
    if (identity.roles.length === 0) {
      if (known !== undefined) await sessions.endAllOf(id);
      return { kind: 'no-role' };
    }
    if (known?.disabled === true) return { kind: 'disabled' };
    const account = known ?? (await make(id, identity));
    if (account === undefined) throw new Error('an account was made and is not there');
    return { kind: 'known', account: await withRoles(account, identity.roles) };
  };
}

/** The same person is always the same account, and the provider's name for them is not kept. */
const staffIdOf = ({ issuer, subject }: ProvidedIdentity): StaffId => {
  const hash = createHash('sha256').update(`${issuer}\n${subject}`).digest('hex');
  return asId<StaffId>(`oidc-${hash.slice(0, 32)}`);
};
