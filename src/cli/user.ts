import { parseArgs } from 'node:util';
import { ROLES, type Role } from '../accounts/account.js';
import { type Accounts, createAccounts } from '../accounts/accounts.js';
import { argon2Hasher } from '../accounts/password-hasher.js';
import { readConfig } from '../config.js';
import { systemClock } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import { systemRandom, token } from '../kernel/random.js';
import { openStore } from '../storage/open-store.js';
import { type Command, type CommandIo, type ExitCode, UsageError } from './command.js';

const PASSWORD_BYTES = 12;

export const user: Command = {
  name: 'user',
  summary: 'staff accounts',
  usage: [
    '  add --login NAME --role ROLE [--pseudonym NAME]   prints a password once',
    '  list',
    '  disable --login NAME',
    '  reset --login NAME                                prints a new password once',
    `  roles: ${ROLES.join(', ')}`,
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = readArguments(args);
    const action = ACTIONS[positionals[0] ?? ''];
    if (action === undefined || positionals.length > 1)
      throw new UsageError('user wants one of add, list, disable, reset.');
    const config = readConfig(io.environment, systemRandom);
    const stores = await openStore({ mongoUri: config.mongoUri, dataDir: config.dataDir, serving: false });
    const accounts = createAccounts({
      clock: systemClock,
      random: systemRandom,
      accounts: stores.accounts,
      sessions: stores.sessions,
      hasher: argon2Hasher,
    });
    try {
      return await action({ accounts, values, io });
    } finally {
      await stores.close();
    }
  },
};

interface Values {
  login?: string | undefined;
  role?: string | undefined;
  pseudonym?: string | undefined;
}

function readArguments(args: readonly string[]): { values: Values; positionals: string[] } {
  const options = {
    login: { type: 'string' },
    role: { type: 'string' },
    pseudonym: { type: 'string' },
  } as const;
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch {
    throw new UsageError('user does not know one of these options; see user --help.');
  }
}

type Action = (given: { accounts: Accounts; values: Values; io: CommandIo }) => Promise<ExitCode>;

const ACTIONS: Readonly<Record<string, Action>> = {
  async add({ accounts, values, io }) {
    const login = required(values.login, '--login');
    const role = roleOf(required(values.role, '--role'));
    const password = token(systemRandom, PASSWORD_BYTES);
    const pseudonym = values.pseudonym ?? login;
    const outcome = await accounts.add({ login, pseudonym, roles: [role], password });
    if (outcome.kind === 'login-taken')
      throw new CodedError('conflict', `The login ${login} exists already.`);
    io.out(`${login} may sign in with this password, shown once: ${password}`);
    return 0;
  },
  async list({ accounts, io }) {
    for (const account of await accounts.list())
      io.out(`${account.login}\t${account.roles.join(',')}\t${account.disabled ? 'disabled' : 'active'}`);
    return 0;
  },
  async disable({ accounts, values }) {
    return known(await accounts.disable(required(values.login, '--login')));
  },
  async reset({ accounts, values, io }) {
    const password = token(systemRandom, PASSWORD_BYTES);
    const login = required(values.login, '--login');
    const outcome = known(await accounts.resetPassword(login, password));
    io.out(`${login} may sign in with this password, shown once: ${password}`);
    return outcome;
  },
};

function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new UsageError(`${option} is missing.`);
  return value;
}

function roleOf(text: string): Role {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new UsageError(`--role is one of ${ROLES.join(', ')}.`);
  return role;
}

function known(outcome: string): ExitCode {
  if (outcome === 'unknown') throw new CodedError('not-found', 'There is no such login; see user list.');
  return 0;
}
