import { parseArgs } from 'node:util';
import { ROLES, type Role } from '../accounts/account.js';
import type { Accounts } from '../accounts/accounts.js';
import { createAudit } from '../accounts/audit.js';
import { argon2Hasher } from '../accounts/password-hasher.js';
import { createStaff } from '../accounts/staff.js';
import { readConfig } from '../config.js';
import { systemClock } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import { newId, type StaffId } from '../kernel/ids.js';
import { systemRandom, token } from '../kernel/random.js';
import { createSecrets, type Secrets, totpSealer } from '../privacy/secrets.js';
import { openStore } from '../storage/open-store.js';
import { type Command, type CommandIo, type ExitCode, UsageError } from './command.js';

const PASSWORD_BYTES = 12;

export const user: Command = {
  name: 'user',
  summary: 'staff accounts',
  usage: [
    '  add --login NAME --role ROLE [--pseudonym NAME] [--desk-phone +33…]   prints a password once;',
    '       the desk phone is where calls are put through, kept encrypted and never shown',
    '  list',
    '  disable --login NAME',
    '  reset --login NAME [--second-factor]              prints a new password once; with --second-factor,',
    '       for a lost authenticator: the password stays, the next sign-in enrols another',
    `  roles: ${ROLES.join(', ')}`,
  ].join('\n'),
  async run(args, io) {
    const { values, positionals } = readArguments(args);
    const action = ACTIONS[positionals[0] ?? ''];
    if (action === undefined || positionals.length > 1)
      throw new UsageError('user wants one of add, list, disable, reset.');
    const config = readConfig(io.environment, systemRandom);
    const stores = await openStore({ mongoUri: config.mongoUri, dataDir: config.dataDir, serving: false });
    try {
      const secrets = createSecrets({
        current: config.secretKey,
        previous: config.secretKeyPrevious,
        random: systemRandom,
      });
      const { accounts } = createStaff({
        clock: systemClock,
        random: systemRandom,
        stores,
        audit: createAudit({ clock: systemClock, store: stores.audit }),
        hasher: argon2Hasher,
        sealer: totpSealer(secrets),
      });
      return await action({ accounts, values, io, secrets });
    } finally {
      await stores.close();
    }
  },
};

interface Values {
  login?: string | undefined;
  role?: string | undefined;
  pseudonym?: string | undefined;
  'desk-phone'?: string | undefined;
  'second-factor'?: boolean | undefined;
}

function readArguments(args: readonly string[]): { values: Values; positionals: string[] } {
  const options = {
    login: { type: 'string' },
    role: { type: 'string' },
    pseudonym: { type: 'string' },
    'desk-phone': { type: 'string' },
    'second-factor': { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch {
    throw new UsageError('user does not know one of these options; see user --help.');
  }
}

type Action = (given: {
  accounts: Accounts;
  values: Values;
  io: CommandIo;
  secrets: Secrets;
}) => Promise<ExitCode>;

const ACTIONS: Readonly<Record<string, Action>> = {
  async add({ accounts, values, io, secrets }) {
    const login = required(values.login, '--login');
    const role = roleOf(required(values.role, '--role'));
    const password = token(systemRandom, PASSWORD_BYTES);
    const pseudonym = values.pseudonym ?? login;
    const id = newId<StaffId>(systemRandom);
    const desk = deskPhoneOf(values['desk-phone']);
    const deskPhone = desk === undefined ? {} : { deskPhone: secrets.seal('desk-phone', desk, id) };
    const by = 'command-line';
    const outcome = await accounts.add({ id, login, pseudonym, roles: [role], password, by, ...deskPhone });
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
    return known(await accounts.disable(required(values.login, '--login'), 'command-line'));
  },
  async reset({ accounts, values, io }) {
    const login = required(values.login, '--login');
    if (values['second-factor'] === true) {
      const reset = known(await accounts.resetSecondFactor(login, 'command-line'));
      io.out(`${login} enrols an authenticator at the next sign-in; the password stays.`);
      return reset;
    }
    const password = token(systemRandom, PASSWORD_BYTES);
    const outcome = known(await accounts.resetPassword(login, password, 'command-line'));
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

function deskPhoneOf(text: string | undefined): string | undefined {
  if (text !== undefined && !/^\+\d{6,15}$/.test(text))
    throw new UsageError('--desk-phone is an international number: +33…');
  return text;
}

function known(outcome: string): ExitCode {
  if (outcome === 'unknown') throw new CodedError('not-found', 'There is no such login; see user list.');
  return 0;
}
