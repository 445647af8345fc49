import { html } from 'ghtml';
import type { Word } from '../layout.js';

export const signInView = (
  t: Word,
  { fault, provider }: { fault: string; provider: boolean },
): string => html`<form method="post" action="/console/sign-in" class="sign-in">
<h1>${t('console.sign-in')}</h1>
<p role="alert" class="fault">${fault}</p>
<label for="login">${t('console.login')}</label>
<input id="login" name="login" autocomplete="username" required maxlength="61">
<label for="password">${t('console.password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200">
<button>${t('console.sign-in')}</button>
!${provider ? html`<p><a class="button" href="/console/sign-in/provider">${t('staff-account.provided.sign-in')}</a></p>` : ''}
</form>`;
