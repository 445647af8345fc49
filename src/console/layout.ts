import { html } from 'ghtml';
import type { Account } from '../accounts/account.js';
import { may, type Permission } from '../accounts/permissions.js';

/** A word of the staff pages, by its whole key: `console.sign-in`. */
export type Word = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** What a page brings; `content` is markup made by a view. */
export interface Page {
  content: string;
  /** Before the name of the console in the title of the window. */
  title?: string;
  /** Files of `client/`, with their ending. */
  scripts?: readonly string[];
  styles?: readonly string[];
  /** Scripts of libraries that are no modules, before the page's own. */
  libraries?: readonly string[];
  /** For a library that makes a style sheet of its own: this page alone lets in the one with this mark. */
  styleNonce?: string;
  /** What the last action led to, for pages with words of their own for it. */
  notice?: string;
  /** The whole width of the window: lists beside what they list. */
  wide?: boolean;
  /** Seconds after which a page without script looks again. */
  refresh?: number;
}

/** Around the page: who reads it, and what the last action led to. */
export interface Reader {
  path: string;
  account?: Account;
  csrf?: string;
  notice?: string;
}

/** Every page that has a place in the navigation, in its order. */
const NAVIGATION: readonly { href: string; key: string; permission: Permission }[] = [
  { href: '/console', key: 'console.nav.desk', permission: 'desk:own' },
  { href: '/console/rappels', key: 'staff-office.callbacks.title', permission: 'desk:see' },
  { href: '/console/permanence', key: 'console.duty.title', permission: 'duty:own' },
  { href: '/console/mon-agenda', key: 'staff-own.title', permission: 'diary:own' },
  { href: '/console/agenda', key: 'staff-diary.agenda.title', permission: 'diary:see' },
  { href: '/console/tableau', key: 'staff-office.title', permission: 'statistics:see' },
  { href: '/console/bilan', key: 'console.bilan', permission: 'statistics:see' },
  { href: '/console/jobs', key: 'console.jobs', permission: 'statistics:see' },
  { href: '/console/comptes', key: 'staff-admin.accounts', permission: 'accounts:manage' },
  { href: '/console/journal', key: 'staff-admin.audit', permission: 'audit:see' },
  { href: '/console/donnees', key: 'staff-admin.data', permission: 'data:manage' },
  { href: '/console/compte', key: 'staff-account.title', permission: 'account:own' },
];

/** Where somebody begins: the first page of the navigation they may open. */
export const homeOf = (account: Account): string =>
  NAVIGATION.find(({ permission }) => may(account, permission))?.href ?? '/console/compte';

/** Every staff page, from its head to its foot. */
export function layout(t: Word, reader: Reader, page: Page): string {
  const { account, csrf = '', notice = '' } = reader;
  const { content, refresh, scripts = [], styles = [], libraries = [] } = page;
  const again =
    refresh === undefined ? '' : html`<noscript><meta http-equiv="refresh" content="${refresh}"></noscript>`;
  const title = page.title === undefined ? t('console.title') : `${page.title} — ${t('console.title')}`;
  const said = notice === '' ? '' : html`<p class="notice" role="status">${notice}</p>`;
  return html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
!${again}
<link rel="stylesheet" href="/console/assets/console.css">
!${styles.map((name) => html`<link rel="stylesheet" href="/console/assets/${name}">`)}
<link rel="icon" href="data:,">
!${page.styleNonce === undefined ? '' : html`<meta name="csp-nonce" content="${page.styleNonce}">`}
!${libraries.map((name) => html`<script defer src="/console/assets/${name}"></script>`)}
!${scripts.map((name) => html`<script type="module" src="/console/assets/${name}"></script>`)}
</head>
<body>
<a class="skip" href="#main">${t('console.skip')}</a>
<header><a class="home" href="/console/accueil">${t('console.title')}</a>!${account === undefined ? '' : signedIn(t, account, csrf)}</header>
!${account === undefined ? '' : navigation(t, account, reader.path)}
<main id="main" tabindex="-1" class="${page.wide ? 'wide' : ''}">!${said}!${content}</main>
</body>
</html>`;
}

const signedIn = (t: Word, account: Account, csrf: string): string =>
  html`<form method="post" action="/console/sign-out" class="who">
<input type="hidden" name="csrf" value="${csrf}">
<span>${t('console.signed-in-as', { pseudonym: account.pseudonym })}</span>
<button class="quiet">${t('console.sign-out')}</button>
</form>`;

function navigation(t: Word, account: Account, path: string): string {
  const links = NAVIGATION.filter(({ permission }) => may(account, permission)).map(({ href, key }) =>
    href === path
      ? html`<li><a href="${href}" aria-current="page">${t(key)}</a></li>`
      : html`<li><a href="${href}">${t(key)}</a></li>`,
  );
  return html`<nav class="main-nav" aria-label="${t('console.nav.label')}"><ul>!${links}</ul></nav>`;
}
