import { html } from 'ghtml';
import type { Word } from '../layout.js';

/** Pages of the coordinator's diary, in the order of a week's work. */
const PAGES = [
  { name: 'agenda', href: '/console/agenda' },
  { name: 'psychologists', href: '/console/psychologues' },
  { name: 'sites', href: '/console/sites' },
  { name: 'coverage', href: '/console/couverture' },
  { name: 'worklist', href: '/console/a-revoir' },
  { name: 'roster', href: '/console/planning' },
  { name: 'import', href: '/console/import' },
] as const;

export type DiaryPage = (typeof PAGES)[number]['name'];

/** The way from one page of the diary to the next. */
export function diaryNav(t: Word, current: DiaryPage): string {
  const links = PAGES.map(
    ({ name, href }) =>
      html`<li><a href="${href}"!${name === current ? ' aria-current="page"' : ''}>${t(`staff-diary.nav.${name}`)}</a></li>`,
  );
  return html`<nav class="sub-nav" aria-label="${t('staff-diary.nav.label')}"><ul>!${links.join('')}</ul></nav>`;
}
