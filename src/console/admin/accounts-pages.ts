import { z } from 'zod';
import { type Account, ROLES } from '../../accounts/account.js';
import type { Accounts } from '../../accounts/accounts.js';
import type { SecondFactors } from '../../accounts/second-factor.js';
import { CodedError } from '../../kernel/errors.js';
import { asId, type StaffId } from '../../kernel/ids.js';
import { type Random, token } from '../../kernel/random.js';
import { type ConsoleFrame, parseForm } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { accountEditView, accountsView, passwordView } from './accounts-view.js';

export interface AccountsPagesParts {
  accounts: Accounts;
  secondFactors: Pick<SecondFactors, 'isConfirmed'>;
  random: Random;
}

const PASSWORD_BYTES = 12;
const SAID = ['changed', 'disabled', 'enabled', 'second-factor-reset', 'own-administration', 'login-taken'];

/** A box that is ticked once arrives as a text, several times as a list. */
const roles = z.preprocess(
  (given) => (typeof given === 'string' ? [given] : given),
  z.array(z.enum(ROLES)).min(1).max(ROLES.length),
);
const pseudonym = z.string().trim().min(1).max(60);
const addSchema = z.object({ login: z.string().trim().min(2).max(61), pseudonym, roles });
const editSchema = z.object({ pseudonym, roles, version: z.coerce.number().int().min(1) });
const idSchema = z.string().regex(/^[\w-]{1,64}$/);

/** Accounts of all staff: making, changing, closing, resetting them. */
export function addAccounts(parts: AccountsPagesParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { accounts, secondFactors, random } = parts;
  const { t } = frame;
  const show = (staff: StaffRequest, content: string, title = t('staff-admin.accounts')): void => {
    const said = SAID.find((code) => code === staff.request.query.said);
    const notice = said === undefined ? '' : t(`staff-admin.said.${said}`);
    frame.show(staff, { title, content, notice, styles: ['account.css'] });
  };
  const accountOf = async ({ request }: StaffRequest): Promise<Account> => {
    const account = await accounts.get(asId<StaffId>(parseForm(idSchema, request.params.id)));
    if (account === undefined) throw new CodedError('not-found', 'There is no such account.');
    return account;
  };
  const back = ({ response }: StaffRequest, { id }: Account, said: string): void =>
    response.redirect(303, `/console/comptes/${id}?said=${said}`);

  routes.page('/comptes', 'accounts:manage', async (staff) => {
    const all = [...(await accounts.list())].sort((a, b) => (a.login < b.login ? -1 : 1));
    show(staff, accountsView(t, { csrf: staff.csrf, accounts: all }));
  });
  routes.form('/comptes', 'accounts:manage', async (staff) => {
    const given = parseForm(addSchema, staff.request.body);
    const password = token(random, PASSWORD_BYTES);
    const outcome = await accounts.add({ ...given, password, by: staff.account.id });
    if (outcome.kind === 'login-taken') staff.response.redirect(303, '/console/comptes?said=login-taken');
    else show(staff, passwordView(t, { login: given.login, password }));
  });
  routes.page('/comptes/:id', 'accounts:manage', async (staff) => {
    const account = await accountOf(staff);
    const enrolled = await secondFactors.isConfirmed(account.id);
    show(staff, accountEditView(t, { csrf: staff.csrf, account, enrolled }), account.login);
  });
  routes.form('/comptes/:id', 'accounts:manage', async (staff) => {
    const { id } = await accountOf(staff);
    const given = parseForm(editSchema, staff.request.body);
    const outcome = await accounts.edit(id, { ...given, by: staff.account.id });
    if (outcome.kind === 'changed') return back(staff, outcome.account, 'changed');
    if (outcome.kind === 'own-administration') return back(staff, await accountOf(staff), outcome.kind);
    if (outcome.kind === 'unknown') throw new CodedError('not-found', 'There is no such account.');
    const enrolled = await secondFactors.isConfirmed(id);
    const view = { csrf: staff.csrf, account: outcome.current, enrolled, refused: given };
    staff.response.status(409);
    show(staff, accountEditView(t, view));
  });
  const act = (
    name: string,
    run: (login: string, by: StaffId) => Promise<string>,
    said: Readonly<Record<string, string>> = {},
  ): void =>
    routes.form(`/comptes/:id/${name}`, 'accounts:manage', async (staff) => {
      const account = await accountOf(staff);
      const outcome = await run(account.login, staff.account.id);
      back(staff, account, said[outcome] ?? outcome);
    });
  act('disable', accounts.disable);
  act('enable', accounts.enable);
  act('reset-second-factor', accounts.resetSecondFactor, { reset: 'second-factor-reset' });
  routes.form('/comptes/:id/reset-password', 'accounts:manage', async (staff) => {
    const { login } = await accountOf(staff);
    const password = token(random, PASSWORD_BYTES);
    await accounts.resetPassword(login, password, staff.account.id);
    show(staff, passwordView(t, { login, password }));
  });
}
