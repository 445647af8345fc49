import { html } from 'ghtml';
import { renderSVG } from 'uqr';
import type { Word } from '../layout.js';

const codeField = (t: Word): string => html`<label for="code">${t('staff-account.code')}</label>
<input id="code" name="code" class="code" inputmode="text" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required maxlength="40" aria-describedby="code-help">`;

/** @param given `hint` is the code itself, in the demonstration; '' elsewhere */
export const codeView = (
  t: Word,
  { fault, hint }: { fault: string; hint: string },
): string => html`<form method="post" action="/console/sign-in/code" class="sign-in">
<h1>${t('staff-account.second-step')}</h1>
<p role="alert" class="fault">${fault}</p>
!${codeField(t)}
<p id="code-help" class="hint">${t('staff-account.code-help')}</p>
!${hint === '' ? '' : html`<p class="notice">${t('staff-account.demonstration-code')} <strong data-demonstration-code>${hint}</strong></p>`}
<button class="strong">${t('console.sign-in')}</button>
<p><a href="/console/sign-in">${t('staff-account.start-again')}</a></p>
</form>`;

export const enrolmentView = (
  t: Word,
  { secret, uri, fault }: { secret: string; uri: string; fault: string },
): string => html`<form method="post" action="/console/sign-in/enrolment" class="sign-in enrolment">
<h1>${t('staff-account.enrolment')}</h1>
<p>${t('staff-account.enrolment-why')}</p>
<ol><li>${t('staff-account.enrolment-scan')}
<div class="qr" role="img" aria-label="${t('staff-account.qr')}">!${renderSVG(uri, { border: 2 })}</div>
<p>${t('staff-account.enrolment-by-hand')} <code class="secret">${secret.replace(/.{4}(?=.)/g, '$& ')}</code></p></li>
<li>${t('staff-account.enrolment-code')}</li></ol>
<p role="alert" class="fault">${fault}</p>
!${codeField(t)}
<p id="code-help" class="hint">${t('staff-account.enrolment-help')}</p>
<button class="strong">${t('staff-account.enrol')}</button>
</form>`;

export const recoveryCodesView = (
  t: Word,
  codes: readonly string[],
  next: string,
): string => html`<section class="sign-in">
<h1>${t('staff-account.recovery')}</h1>
<p>${t('staff-account.recovery-why')}</p>
<ul class="recovery-codes">!${codes.map((code) => html`<li><code>${code}</code></li>`)}</ul>
<p><a class="button" href="${next}">${t('staff-account.recovery-kept')}</a></p>
</section>`;
