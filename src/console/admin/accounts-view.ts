import { html } from 'ghtml';
import { type Account, ROLES, type Role } from '../../accounts/account.js';
import type { Word } from '../layout.js';

const roleNames = (t: Word, roles: readonly Role[]): string =>
  roles.map((role) => t(`staff-account.role.${role}`)).join(', ');

const roleChoices = (
  t: Word,
  held: readonly Role[],
): string => html`<fieldset><legend>${t('staff-account.roles')}</legend><div class="choices">
!${ROLES.map((role) => html`<label><input type="checkbox" name="roles" value="${role}" !${held.includes(role) ? 'checked' : ''}> ${t(`staff-account.role.${role}`)}</label>`)}</div></fieldset>`;

export function accountsView(
  t: Word,
  { csrf, accounts }: { csrf: string; accounts: readonly Account[] },
): string {
  const row = ({ id, login, pseudonym, roles, disabled }: Account): string =>
    html`<tr><th scope="row"><a href="/console/comptes/${id}">${login}</a></th><td>${pseudonym}</td><td>${roleNames(t, roles)}</td><td>${t(disabled ? 'staff-admin.state.disabled' : 'staff-admin.state.active')}</td></tr>`;
  return html`<h1>${t('staff-admin.accounts')}</h1>
<div class="table" tabindex="0" role="group" aria-label="${t('staff-admin.accounts')}"><table><thead><tr><th scope="col">${t('console.login')}</th><th scope="col">${t('staff-account.pseudonym')}</th><th scope="col">${t('staff-account.roles')}</th><th scope="col">${t('staff-admin.state.title')}</th></tr></thead>
<tbody>!${accounts.map(row)}</tbody></table></div>
<section class="panel" aria-labelledby="add"><h2 id="add">${t('staff-admin.add')}</h2>
<form method="post" action="/console/comptes" class="stacked"><input type="hidden" name="csrf" value="${csrf}">
<label for="login">${t('console.login')}</label>
<input id="login" name="login" required minlength="2" maxlength="61" pattern="[A-Za-z0-9][A-Za-z0-9._\-]+" autocomplete="off" autocapitalize="none" spellcheck="false">
<label for="pseudonym">${t('staff-account.pseudonym')}</label>
<input id="pseudonym" name="pseudonym" required maxlength="60" autocomplete="off">
!${roleChoices(t, ['operator'])}
<button class="strong">${t('staff-admin.add')}</button></form></section>`;
}

export interface AccountEditView {
  csrf: string;
  account: Account;
  /** Whether an authenticator is enrolled. */
  enrolled: boolean;
  /** What was asked for on a version that is no longer there. */
  refused?: { pseudonym: string; roles: readonly Role[] };
}

export function accountEditView(t: Word, view: AccountEditView): string {
  const { csrf, account, enrolled, refused } = view;
  const { id, login, version, disabled } = account;
  const { pseudonym, roles } = refused ?? account;
  const button = (act: string): string =>
    html`<form method="post" action="/console/comptes/${id}/${act}"><input type="hidden" name="csrf" value="${csrf}"><button>${t(`staff-admin.act.${act}`)}</button></form>`;
  return html`<p><a href="/console/comptes">${t('staff-admin.back')}</a></p><h1>${login}</h1>
!${refused === undefined ? '' : conflict(t, account, refused)}
<div class="panels"><section class="panel" aria-labelledby="edit"><h2 id="edit">${t('staff-admin.edit')}</h2>
<form method="post" action="/console/comptes/${id}" class="stacked"><input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="version" value="${version}">
<label for="pseudonym">${t('staff-account.pseudonym')}</label>
<input id="pseudonym" name="pseudonym" value="${pseudonym}" required maxlength="60" autocomplete="off">
!${roleChoices(t, roles)}
<button class="strong">${t('staff-admin.save')}</button></form></section>
<section class="panel" aria-labelledby="access"><h2 id="access">${t('staff-admin.access')}</h2>
<p>${t(disabled ? 'staff-admin.state.disabled' : 'staff-admin.state.active')} · ${t(enrolled ? 'staff-admin.enrolled' : 'staff-admin.not-enrolled')}</p>
<p class="hint">${t('staff-admin.access-help')}</p>
<div class="acts">!${button('reset-password')}!${button('reset-second-factor')}!${button(disabled ? 'enable' : 'disable')}</div></section></div>`;
}

/** Both versions, so that nobody writes over what they have not seen. */
const conflict = (
  t: Word,
  current: Account,
  refused: { pseudonym: string; roles: readonly Role[] },
): string => html`<div class="notice" role="alert"><p>${t('staff-admin.conflict')}</p>
<dl class="facts"><dt>${t('staff-admin.conflict-current')}</dt><dd>${current.pseudonym} · ${roleNames(t, current.roles)}</dd>
<dt>${t('staff-admin.conflict-yours')}</dt><dd>${refused.pseudonym} · ${roleNames(t, refused.roles)}</dd></dl></div>`;

export const passwordView = (
  t: Word,
  { login, password }: { login: string; password: string },
): string => html`<section class="sign-in enrolment"><h1>${login}</h1><p>${t('staff-admin.password-once')}</p>
<p><code class="secret">${password}</code></p><p><a class="button" href="/console/comptes">${t('staff-admin.back')}</a></p></section>`;
