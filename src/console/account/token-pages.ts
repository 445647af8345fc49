import { html } from 'ghtml';
import { z } from 'zod';
import { API_TOKEN_LASTS, type ApiToken, type ApiTokenId, type ApiTokens } from '../../accounts/api-token.js';
import { after } from '../../kernel/clock.js';
import { asId } from '../../kernel/ids.js';
import { type ConsoleFrame, parseForm } from '../frame.js';
import type { Word } from '../layout.js';
import type { StaffRoutes } from '../staff-routes.js';
import { parisTime } from './paris-time.js';

const labelSchema = z.object({ label: z.string().trim().min(1).max(60) });
const idSchema = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });

/** Tokens that let a program act as oneself. */
export function addTokens(
  { apiTokens }: { apiTokens: ApiTokens },
  frame: ConsoleFrame,
  routes: StaffRoutes,
): void {
  const { t } = frame;
  routes.form('/compte/tokens', 'account:own', async (staff) => {
    const { label } = parseForm(labelSchema, staff.request.body);
    const secret = await apiTokens.make(staff.account.id, label);
    if (secret === undefined) {
      staff.response.redirect(303, '/console/compte?said=too-many-tokens');
      return;
    }
    const content = html`<section class="sign-in enrolment"><h1>${t('staff-account.token-made')}</h1>
<p>${t('staff-account.token-once')}</p><p><code class="secret">${secret}</code></p>
<p><a class="button" href="/console/compte">${t('staff-account.token-kept')}</a></p></section>`;
    frame.show(staff, { title: t('staff-account.token-made'), content, styles: ['account.css'] });
  });
  routes.form('/compte/tokens/revoke', 'account:own', async ({ account, request, response }) => {
    const { id } = parseForm(idSchema, request.body);
    await apiTokens.revoke(account.id, asId<ApiTokenId>(id));
    response.redirect(303, '/console/compte?said=token-revoked');
  });
}

export function tokensPanel(
  t: Word,
  { csrf, tokens }: { csrf: string; tokens: readonly ApiToken[] },
): string {
  const row = ({ id, label, createdAt }: ApiToken): string =>
    html`<tr><td>${label}</td><td>${parisTime(after(createdAt, API_TOKEN_LASTS))}</td>
<td><form method="post" action="/console/compte/tokens/revoke"><input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="id" value="${id}">
<button class="quiet" aria-label="${t('staff-account.token-revoke-named', { label })}">${t('staff-account.token-revoke')}</button></form></td></tr>`;
  const table =
    tokens.length === 0
      ? html`<p>${t('staff-account.token-none')}</p>`
      : html`<div class="table" tabindex="0" role="group" aria-label="${t('staff-account.tokens')}"><table><thead><tr><th scope="col">${t('staff-account.token-label')}</th><th scope="col">${t('staff-account.token-until')}</th><th scope="col">${t('staff-account.token-act')}</th></tr></thead>
<tbody>!${tokens.map(row)}</tbody></table></div>`;
  return html`<section class="panel" aria-labelledby="tokens"><h2 id="tokens">${t('staff-account.tokens')}</h2>
<p>${t('staff-account.tokens-why')}</p>!${table}
<form method="post" action="/console/compte/tokens" class="stacked"><input type="hidden" name="csrf" value="${csrf}">
<label for="label">${t('staff-account.token-label')}</label><input id="label" name="label" required maxlength="60">
<button>${t('staff-account.token-make')}</button></form></section>`;
}
