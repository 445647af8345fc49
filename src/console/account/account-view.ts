import { html } from 'ghtml';
import type { Account, Session } from '../../accounts/account.js';
import type { ApiToken } from '../../accounts/api-token.js';
import type { Instant } from '../../kernel/clock.js';
import type { Word } from '../layout.js';
import { deskPhonePanel } from './desk-phone-pages.js';
import { parisTime } from './paris-time.js';
import { tokensPanel } from './token-pages.js';

export interface AccountView {
  account: Account;
  csrf: string;
  now: Instant;
  sessions: readonly Session[];
  /** Hash of the session that looks. */
  own: string;
  recoveryLeft: number;
  tokens: readonly ApiToken[];
}

/** One's own account. */
export function accountView(t: Word, view: AccountView): string {
  const { account } = view;
  const roles = account.roles.map((role) => t(`staff-account.role.${role}`)).join(', ');
  return html`<h1>${t('staff-account.title')}</h1>
<dl class="facts"><dt>${t('console.login')}</dt><dd>${account.login}</dd>
<dt>${t('staff-account.pseudonym')}</dt><dd>${account.pseudonym}</dd>
<dt>${t('staff-account.roles')}</dt><dd>${roles}</dd></dl>
<div class="panels">!${sessionsPanel(t, view)}!${passwordPanel(t, view)}!${recoveryPanel(t, view)}!${deskPhonePanel(t, view)}!${tokensPanel(t, view)}</div>`;
}

function sessionsPanel(t: Word, { csrf, sessions, own }: AccountView): string {
  const row = ({ tokenHash, createdAt, seenAt }: Session): string =>
    html`<tr><td>${parisTime(createdAt)}</td><td>${parisTime(seenAt)}</td><td>${tokenHash === own ? t('staff-account.this-one') : ''}</td></tr>`;
  return html`<section class="panel" aria-labelledby="sessions"><h2 id="sessions">${t('staff-account.sessions')}</h2>
<div class="table" tabindex="0" role="group" aria-label="${t('staff-account.sessions')}"><table><thead><tr><th scope="col">${t('staff-account.session-since')}</th><th scope="col">${t('staff-account.session-seen')}</th><th scope="col">${t('staff-account.session-which')}</th></tr></thead>
<tbody>!${sessions.map(row)}</tbody></table></div>
<form method="post" action="/console/compte/sign-out-everywhere"><input type="hidden" name="csrf" value="${csrf}">
<button>${t('staff-account.sign-out-everywhere')}</button></form></section>`;
}

const passwordPanel = (
  t: Word,
  { csrf, account }: AccountView,
): string => html`<section class="panel" aria-labelledby="password-title"><h2 id="password-title">${t('staff-account.change-password')}</h2>
<form method="post" action="/console/compte/password" class="stacked"><input type="hidden" name="csrf" value="${csrf}">
<input type="text" name="login" value="${account.login}" autocomplete="username" hidden>
<label for="current">${t('staff-account.password-current')}</label>
<input id="current" name="current" type="password" autocomplete="current-password" required maxlength="200">
<label for="next">${t('staff-account.password-next')}</label>
<input id="next" name="next" type="password" autocomplete="new-password" required minlength="12" maxlength="200" aria-describedby="next-help">
<p id="next-help" class="hint">${t('staff-account.password-help')}</p>
<label for="again">${t('staff-account.password-again')}</label>
<input id="again" name="again" type="password" autocomplete="new-password" required minlength="12" maxlength="200">
<button class="strong">${t('staff-account.change-password')}</button></form></section>`;

const recoveryPanel = (
  t: Word,
  { csrf, recoveryLeft }: AccountView,
): string => html`<section class="panel" aria-labelledby="recovery"><h2 id="recovery">${t('staff-account.recovery')}</h2>
<p>${t('staff-account.recovery-left', { count: recoveryLeft })}</p>
<form method="post" action="/console/compte/recovery-codes" class="stacked"><input type="hidden" name="csrf" value="${csrf}">
<label for="code">${t('staff-account.code')}</label>
<input id="code" name="code" class="code" autocomplete="one-time-code" required maxlength="40">
<button>${t('staff-account.recovery-renew')}</button></form></section>`;
