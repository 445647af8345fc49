import { html } from 'ghtml';
import type { Account } from '../../accounts/account.js';
import { may, type Permission } from '../../accounts/permissions.js';
import type { Word } from '../layout.js';

/** Pages about the service itself, in the order of a week's work. */
const PAGES = [
  { name: 'waiting', href: '/console/attente', permission: 'diary:see' },
  { name: 'hours', href: '/console/horaires', permission: 'hours:edit' },
] as const satisfies readonly { name: string; href: string; permission: Permission }[];

export type OfficePage = (typeof PAGES)[number]['name'];

/** The way from one of these pages to the next, for whoever may. */
export function officeNav(t: Word, account: Account, current: OfficePage): string {
  const links = PAGES.filter(({ permission }) => may(account, permission)).map(
    ({ name, href }) =>
      html`<li><a href="${href}"!${name === current ? ' aria-current="page"' : ''}>${t(`staff-office.nav.${name}`)}</a></li>`,
  );
  if (links.length < 2) return '';
  return html`<nav class="sub-nav" aria-label="${t('staff-office.nav.label')}"><ul>!${links.join('')}</ul></nav>`;
}
