import { z } from 'zod';
import type { Accounts } from '../../accounts/accounts.js';
import type { ApiTokens } from '../../accounts/api-token.js';
import type { Audit } from '../../accounts/audit.js';
import type { DeskPhones } from '../../accounts/desk-phones.js';
import { SHORTEST_PASSWORD } from '../../accounts/password-gate.js';
import type { SecondFactors } from '../../accounts/second-factor.js';
import { hashToken, type Sessions } from '../../accounts/sessions.js';
import type { Clock } from '../../kernel/clock.js';
import { type ConsoleFrame, parseForm } from '../frame.js';
import { homeOf } from '../layout.js';
import { recoveryCodesView } from '../sign-in/second-step-view.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { accountView } from './account-view.js';
import { addDeskPhone, PHONE_SAID } from './desk-phone-pages.js';
import { addTokens } from './token-pages.js';

export interface AccountParts {
  accounts: Accounts;
  apiTokens: ApiTokens;
  audit: Pick<Audit, 'record'>;
  clock: Clock;
  deskPhones: DeskPhones;
  sessions: Pick<Sessions, 'listOf' | 'endAllOf'>;
  secondFactors: Pick<SecondFactors, 'check' | 'renewRecovery' | 'recoveryLeft'>;
}

const SAID = [
  ...(['recovered', 'wrong', 'busy', 'mismatch', 'short', 'code-wrong'] as const),
  ...(['too-many-tokens', 'token-revoked'] as const),
  ...PHONE_SAID,
];

const passwordSchema = z.object({
  current: z.string().min(1).max(200),
  next: z.string().max(200),
  again: z.string().max(200),
});
const codeSchema = z.object({ code: z.string().trim().min(1).max(40) });

/** One's own account: password, second factor, sessions. */
export function addAccount(parts: AccountParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { accounts, audit, sessions, secondFactors } = parts;
  const { t } = frame;
  const say = ({ response }: StaffRequest, said: string): void =>
    response.redirect(303, `/console/compte?said=${said}`);

  routes.page('/compte', 'account:own', async (staff) => {
    const { account, csrf, request } = staff;
    const content = accountView(t, {
      account,
      csrf,
      now: parts.clock.now(),
      sessions: await sessions.listOf(account.id),
      own: hashToken(routes.tokenOf(request)),
      recoveryLeft: await secondFactors.recoveryLeft(account.id),
      tokens: await parts.apiTokens.listOf(account.id),
    });
    const said = SAID.find((code) => code === request.query.said);
    const notice = said === undefined ? '' : t(`staff-account.said.${said}`);
    frame.show(staff, { title: t('staff-account.title'), content, notice, styles: ['account.css'] });
  });
  // The name of the console on every page: not everybody may open the desk.
  routes.page('/accueil', 'account:own', ({ account, response }) => response.redirect(303, homeOf(account)));
  addTokens(parts, frame, routes);
  addDeskPhone(parts.deskPhones, routes);
  routes.form('/compte/password', 'account:own', async (staff) => {
    const { current, next, again } = parseForm(passwordSchema, staff.request.body);
    if (next !== again) return say(staff, 'mismatch');
    if (next.length < SHORTEST_PASSWORD) return say(staff, 'short');
    const outcome = await accounts.changePassword(staff.account.id, { current, next });
    if (outcome !== 'changed') return say(staff, outcome);
    staff.response.redirect(303, '/console/sign-in');
  });
  routes.form('/compte/sign-out-everywhere', 'account:own', async ({ account, response }) => {
    await sessions.endAllOf(account.id);
    await audit.record({ by: account.id, act: 'signed-out-everywhere' });
    response.redirect(303, '/console/sign-in');
  });
  routes.form('/compte/recovery-codes', 'account:own', async (staff) => {
    const { account, request } = staff;
    const { code } = parseForm(codeSchema, request.body);
    const proof = await secondFactors.check(account.id, code);
    if (proof.kind === 'wrong') return say(staff, 'code-wrong');
    const codes = await secondFactors.renewRecovery(account.id);
    await audit.record({ by: account.id, act: 'recovery-codes-made' });
    const content = recoveryCodesView(t, codes, '/console/compte');
    frame.show(staff, { title: t('staff-account.recovery'), content, styles: ['account.css'] });
  });
}
