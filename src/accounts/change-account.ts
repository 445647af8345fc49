import { CodedError } from '../kernel/errors.js';
import type { StaffId } from '../kernel/ids.js';
import type { Account } from './account.js';
import type { AccountStore } from './account-store.js';

const ATTEMPTS = 5;

/**
 * Writes the next version of an account, on what is there at that moment.
 * @param next `undefined`: nothing is to be changed
 * @returns what was written; `undefined` when nothing was
 * @throws CodedError `conflict` when others change it again and again
 */
export async function changeAccount(
  accounts: Pick<AccountStore, 'get' | 'save'>,
  id: StaffId,
  next: (account: Account) => Account | undefined,
): Promise<Account | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const account = await accounts.get(id);
    const chosen = account && next(account);
    if (account === undefined || chosen === undefined) return undefined;
    const changed = { ...chosen, version: account.version + 1 };
    if ((await accounts.save(changed)) === 'saved') return changed;
  }
  throw new CodedError('conflict', 'The account is being changed elsewhere; try again.');
}
