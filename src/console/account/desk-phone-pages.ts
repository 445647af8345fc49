import { html } from 'ghtml';
import { z } from 'zod';
import type { Account } from '../../accounts/account.js';
import { CODE_MINUTES, type DeskPhones, isCodeAwaited } from '../../accounts/desk-phones.js';
import { may } from '../../accounts/permissions.js';
import type { Instant } from '../../kernel/clock.js';
import type { Word } from '../layout.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';

const LONGEST = 30;
/** As written in France, or international: spaces and dots are for the eye. */
const phoneSchema = z.object({
  number: z
    .string()
    .max(LONGEST)
    .transform((text) => text.replace(/[\s.()-]/g, '').replace(/^0(?=[1-9]\d{8}$)/, '+33'))
    .pipe(z.string().regex(/^\+\d{6,15}$/)),
});

const codeSchema = z.object({
  code: z
    .string()
    .trim()
    .regex(/^\d{4}$/),
});

/** Where calls are put through to whoever may be rung: entered by oneself, encrypted, never shown, verified by a call. */
export function addDeskPhone(deskPhones: DeskPhones, routes: StaffRoutes): void {
  const form = (path: string, act: (staff: StaffRequest) => Promise<string>): void =>
    routes.form(`/compte/desk-phone${path}`, 'duty:own', async (staff) => {
      staff.response.redirect(303, `/console/compte?said=phone-${await act(staff)}#phone`);
    });
  form('', async ({ account, request }) => {
    const given = phoneSchema.safeParse(request.body);
    return given.success ? deskPhones.enter(account.id, given.data.number) : 'wrong';
  });
  form('/call', ({ account }) => deskPhones.callAgain(account.id));
  form('/code', async ({ account, request }) => {
    const given = codeSchema.safeParse(request.body);
    return given.success ? `code-${await deskPhones.verify(account.id, given.data.code)}` : 'code-malformed';
  });
  form('/remove', async ({ account }) => {
    await deskPhones.remove(account.id);
    return 'removed';
  });
}

/** What the forms above may lead to: `staff-account.said.<code>`. */
export const PHONE_SAID = [
  ...(['phone-wrong', 'phone-ringing', 'phone-failed', 'phone-soon', 'phone-none', 'phone-removed'] as const),
  ...(['phone-code-verified', 'phone-code-wrong', 'phone-code-over', 'phone-code-malformed'] as const),
];

interface PhoneView {
  account: Account;
  csrf: string;
  now: Instant;
}

export function deskPhonePanel(t: Word, view: PhoneView): string {
  const { account, csrf } = view;
  if (!may(account, 'duty:own')) return '';
  const token = html`<input type="hidden" name="csrf" value="${csrf}">`;
  const known = account.deskPhone !== null;
  const remove = known
    ? html`<form method="post" action="/console/compte/desk-phone/remove">!${token}<button>${t('staff-account.phone-remove')}</button></form>`
    : '';
  return html`<section class="panel" aria-labelledby="phone"><h2 id="phone">${t('staff-account.phone')}</h2>
<p>${t(`staff-account.${stateOf(account)}`)}</p>!${codeForms(t, view)}!${remove}
<form method="post" action="/console/compte/desk-phone" class="stacked">!${token}
<label for="number">${t('staff-account.phone-number')}</label>
<input id="number" name="number" type="tel" autocomplete="off" required maxlength="${LONGEST}" aria-describedby="number-help">
<p id="number-help" class="hint">${t('staff-account.phone-help')}</p>
<button class="${known ? '' : 'strong'}">${t('staff-account.phone-save')}</button></form></section>`;
}

function stateOf({ deskPhone, deskPhoneVerified }: Account) {
  if (deskPhone === null) return 'phone-none';
  return deskPhoneVerified ? 'phone-known' : 'phone-unverified';
}

/** Keying the code of the last call, and being called again. */
function codeForms(t: Word, { account, csrf, now }: PhoneView): string {
  if (account.deskPhone === null || account.deskPhoneVerified) return '';
  const token = html`<input type="hidden" name="csrf" value="${csrf}">`;
  const again = html`<form method="post" action="/console/compte/desk-phone/call">!${token}<button>${t('staff-account.phone-call')}</button></form>`;
  if (!isCodeAwaited(account.deskPhoneCheck, now)) return again;
  return html`<form method="post" action="/console/compte/desk-phone/code" class="stacked">!${token}
<label for="phone-code">${t('staff-account.phone-code')}</label>
<input id="phone-code" name="code" class="code" inputmode="numeric" autocomplete="one-time-code" required pattern="[0-9]{4}" maxlength="4" aria-describedby="phone-code-help">
<p id="phone-code-help" class="hint">${t('staff-account.phone-code-help', { minutes: CODE_MINUTES, tries: account.deskPhoneCheck?.triesLeft ?? 0 })}</p>
<button class="strong">${t('staff-account.phone-verify')}</button></form>!${again}`;
}
