import { z } from 'zod';
import { type Account, ROLES } from '../../accounts/account.js';
import type { Accounts } from '../../accounts/accounts.js';
import { may, PERMISSIONS } from '../../accounts/permissions.js';
import type { StaffId } from '../../kernel/ids.js';
import { type Random, token } from '../../kernel/random.js';
import { type AnyEndpoint, type ApiAnswer, endpoint } from './endpoint.js';
import { DONE, done, idIn, idParams, isoOf, time } from './fields.js';
import { pageOf, pageQuery, sliceOf } from './paging.js';

export interface AccountEndpointParts {
  accounts: Accounts;
  random: Random;
}

const roles = z.array(z.enum(ROLES)).min(1).max(ROLES.length);
const pseudonym = z.string().trim().min(1).max(60);

/** Never a hash, a secret or a desk phone. */
const accountSchema = z.object({
  id: z.string(),
  login: z.string(),
  pseudonym: z.string(),
  roles: z.array(z.enum(ROLES)),
  disabled: z.boolean(),
  createdAt: time,
  version: z.int(),
});
const withPassword = z.object({ id: z.string(), password: z.string().describe('Shown once.') });

const PASSWORD_BYTES = 12;

export function accountEndpoints({ accounts, random }: AccountEndpointParts): AnyEndpoint[] {
  const unknown = { problem: 'not-found', detail: 'There is no such account.' } as const;
  const own = { problem: 'conflict', detail: 'Nobody takes the administration from themselves.' } as const;
  const answerOf = (account: Account | undefined): ApiAnswer<z.input<typeof accountSchema>> =>
    account === undefined ? unknown : { body: shown(account), version: account.version };

  const onLogin = (
    path: `/accounts/{id}/${string}`,
    summary: string,
    act: (login: string, by: StaffId) => Promise<string>,
  ): AnyEndpoint =>
    endpoint({
      ...{ method: 'post', path, summary, permission: 'accounts:manage', params: idParams, answer: done },
      async handle({ account, params }) {
        const found = await accounts.get(idIn<StaffId>(params));
        const outcome = found === undefined ? 'unknown' : await act(found.login, account.id);
        if (outcome === 'own-administration') return own;
        return outcome === 'unknown' ? unknown : DONE;
      },
    });

  return [
    endpoint({
      ...{ method: 'get', path: '/me', permission: 'account:own', summary: 'Who asks, and what they may do' },
      answer: accountSchema.extend({
        permissions: z.array(z.enum(PERMISSIONS)),
        csrf: z.string().describe('For X-CSRF-Token; empty for a token.'),
      }),
      handle: async ({ account, csrf }) => ({
        body: { ...shown(account), permissions: PERMISSIONS.filter((one) => may(account, one)), csrf },
      }),
    }),
    endpoint({
      ...{ method: 'get', path: '/accounts', permission: 'accounts:manage', summary: 'All accounts' },
      query: pageQuery,
      answer: pageOf(accountSchema),
      async handle({ query }) {
        const all = [...(await accounts.list())].sort((a, b) => (a.login < b.login ? -1 : 1));
        const { items, next } = sliceOf(all, query, ({ login }) => login);
        return { body: { items: items.map(shown), next } };
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/accounts', permission: 'accounts:manage', summary: 'A new account' },
      body: z.object({ login: z.string().min(2).max(61), pseudonym, roles }),
      answer: withPassword,
      async handle({ account, body }) {
        const password = token(random, PASSWORD_BYTES);
        const outcome = await accounts.add({ ...body, password, by: account.id });
        if (outcome.kind === 'login-taken')
          return { problem: 'conflict', detail: 'This login exists already.' };
        return { status: 201, body: { id: outcome.id, password } };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/accounts/{id}', permission: 'accounts:manage', summary: 'One account' },
      ...{ params: idParams, answer: accountSchema },
      handle: async ({ params }) => answerOf(await accounts.get(idIn<StaffId>(params))),
    }),
    endpoint({
      ...{ method: 'patch', path: '/accounts/{id}', permission: 'accounts:manage', edits: true },
      ...{ summary: 'Changes name and roles', params: idParams, answer: accountSchema },
      body: z.object({ pseudonym, roles }),
      async handle({ account, params, body, version }) {
        const outcome = await accounts.edit(idIn<StaffId>(params), { ...body, version, by: account.id });
        if (outcome.kind === 'changed') return answerOf(outcome.account);
        if (outcome.kind === 'unknown') return unknown;
        if (outcome.kind === 'own-administration') return own;
        const detail = 'The account was changed since it was read.';
        return { problem: 'version-conflict', detail, current: shown(outcome.current) };
      },
    }),
    onLogin('/accounts/{id}/disable', 'Lets nobody in, ends all sessions', accounts.disable),
    onLogin('/accounts/{id}/enable', 'Lets the person in again', accounts.enable),
    onLogin(
      '/accounts/{id}/reset-second-factor',
      'The next sign-in enrols another authenticator',
      accounts.resetSecondFactor,
    ),
    endpoint({
      ...{ method: 'post', path: '/accounts/{id}/reset-password', permission: 'accounts:manage' },
      ...{ summary: 'A new password; all sessions end', params: idParams, answer: withPassword },
      async handle({ account, params }) {
        const id = idIn<StaffId>(params);
        const found = await accounts.get(id);
        if (found === undefined) return unknown;
        const password = token(random, PASSWORD_BYTES);
        await accounts.resetPassword(found.login, password, account.id);
        return { body: { id, password } };
      },
    }),
  ];
}

const shown = ({ id, login, pseudonym: name, roles: held, disabled, createdAt, version }: Account) => ({
  ...{ id, login, pseudonym: name, roles: [...held], disabled, version },
  createdAt: isoOf(createdAt),
});
