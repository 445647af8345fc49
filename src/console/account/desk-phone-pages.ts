import { html } from 'ghtml';
import { z } from 'zod';
import type { Account } from '../../accounts/account.js';
import type { Accounts } from '../../accounts/accounts.js';
import { may } from '../../accounts/permissions.js';
import type { Secrets } from '../../privacy/secrets.js';
import type { Word } from '../layout.js';
import type { StaffRoutes } from '../staff-routes.js';

const LONGEST = 30;
/** As written in France, or international: spaces and dots are for the eye. */
const phoneSchema = z.object({
  number: z
    .string()
    .max(LONGEST)
    .transform((text) => text.replace(/[\s.()-]/g, '').replace(/^0(?=[1-9]\d{8}$)/, '+33'))
    .pipe(z.string().regex(/^\+\d{6,15}$/)),
});

/** Where calls are put through to whoever may be rung: entered by oneself, encrypted, never shown again. */
export function addDeskPhone(
  { accounts, secrets }: { accounts: Pick<Accounts, 'setDeskPhone'>; secrets: Pick<Secrets, 'seal'> },
  routes: StaffRoutes,
): void {
  routes.form('/compte/desk-phone', 'duty:own', async ({ account, request, response }) => {
    const given = phoneSchema.safeParse(request.body);
    if (given.success)
      await accounts.setDeskPhone(account.id, secrets.seal('desk-phone', given.data.number, account.id));
    response.redirect(303, `/console/compte?said=${given.success ? 'phone-kept' : 'phone-wrong'}`);
  });
  routes.form('/compte/desk-phone/remove', 'duty:own', async ({ account, response }) => {
    await accounts.setDeskPhone(account.id, null);
    response.redirect(303, '/console/compte?said=phone-removed');
  });
}

export function deskPhonePanel(t: Word, { account, csrf }: { account: Account; csrf: string }): string {
  if (!may(account, 'duty:own')) return '';
  const token = html`<input type="hidden" name="csrf" value="${csrf}">`;
  const remove =
    account.deskPhone === null
      ? ''
      : html`<form method="post" action="/console/compte/desk-phone/remove">!${token}<button>${t('staff-account.phone-remove')}</button></form>`;
  const state = account.deskPhone === null ? 'staff-account.phone-none' : 'staff-account.phone-known';
  return html`<section class="panel" aria-labelledby="phone"><h2 id="phone">${t('staff-account.phone')}</h2>
<p>${t(state)}</p>!${remove}
<form method="post" action="/console/compte/desk-phone" class="stacked">!${token}
<label for="number">${t('staff-account.phone-number')}</label>
<input id="number" name="number" type="tel" autocomplete="off" required maxlength="${LONGEST}" aria-describedby="number-help">
<p id="number-help" class="hint">${t('staff-account.phone-help')}</p>
<button class="strong">${t('staff-account.phone-save')}</button></form></section>`;
}
