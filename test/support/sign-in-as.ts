import type { Accounts } from '../../src/accounts/accounts.js';
import type { Door } from '../../src/accounts/door.js';

/**
 * Signs somebody in without password and code, as a provider of identities would: for tests of what comes after.
 * @returns the `cookie` header of their requests, on a service that is not in production
 */
export async function signInAs(
  { accounts, door }: { accounts: Pick<Accounts, 'byLogin'>; door: Pick<Door, 'admit'> },
  login: string,
): Promise<string> {
  const account = await accounts.byLogin(login);
  if (account === undefined) throw new Error(`nobody has the login ${login}`);
  return `console=${await door.admit(account)}`;
}
