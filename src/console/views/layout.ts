import { html } from 'ghtml';
import type { Account } from '../../accounts/account.js';
import { may } from '../../accounts/permissions.js';

/** A word of the console's own file, by its key in there. */
export type Word = (key: string, params?: Readonly<Record<string, string | number>>) => string;

export interface Frame {
  t: Word;
  account?: Account;
  csrf?: string;
  /** What the last action led to, if there was one. */
  notice?: string;
  /** Seconds after which a page without script looks again. */
  refresh?: number;
}

/** Every console page. `content` is markup made by a view. */
export function layout({ t, account, csrf = '', notice = '', refresh }: Frame, content: string): string {
  const again =
    refresh === undefined ? '' : html`<noscript><meta http-equiv="refresh" content="${refresh}"></noscript>`;
  const who =
    account === undefined
      ? ''
      : html`<form method="post" action="/console/sign-out" class="who">
<input type="hidden" name="csrf" value="${csrf}">
<a href="/console/permanence">${t('duty.title')}</a>
!${may(account, 'statistics:see') ? html`<a href="/console/bilan">${t('bilan')}</a>` : ''}
<span>${t('signed-in-as', { pseudonym: account.pseudonym })}</span>
<button class="quiet">${t('sign-out')}</button>
</form>`;
  const said = notice === '' ? '' : html`<p class="notice" role="status">${notice}</p>`;
  return html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t('title')}</title>
!${again}
<link rel="stylesheet" href="/console/assets/console.css">
<link rel="icon" href="data:,">
<script type="module" src="/console/assets/console.js"></script>
</head>
<body>
<header><a class="home" href="/console">${t('title')}</a>!${who}</header>
<main id="main">!${said}!${content}</main>
</body>
</html>`;
}
