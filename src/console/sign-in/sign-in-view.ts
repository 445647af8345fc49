import { html } from 'ghtml';
import type { Word } from '../layout.js';

export const signInView = (
  t: Word,
  fault: string,
): string => html`<form method="post" action="/console/sign-in" class="sign-in">
<h1>${t('console.sign-in')}</h1>
<p role="alert" class="fault">${fault}</p>
<label for="login">${t('console.login')}</label>
<input id="login" name="login" autocomplete="username" required maxlength="61">
<label for="password">${t('console.password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200">
<button>${t('console.sign-in')}</button>
</form>`;
