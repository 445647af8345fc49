import { html } from 'ghtml';
import type { Language } from '../../conversations/conversation.js';
import { COLLECTIVITIES } from '../../kernel/academies.js';

/** Words of a page by the name they have in `locales/<language>/chat.json`. */
export type Words = (key: string) => string;

const NUMBERS = [
  { number: '15', href: 'tel:15', or: '112' },
  { number: '3114', href: 'tel:3114', or: '' },
  { number: '17', href: 'tel:17', or: '' },
  { number: '114', href: 'sms:114', or: '' },
] as const;

const PAGES = [
  { path: '/', key: 'link-chat' },
  { path: '/rendez-vous', key: 'link-appointment' },
  { path: '/confidentialite', key: 'link-privacy' },
  { path: '/accessibilite', key: 'link-accessibility' },
] as const;

export const head = (title: string): string => html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/assets/page.css">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">`;

/** Time zones of the territories that have a numbering plan of their own: the page looks at the device's. */
const ZONES = [...COLLECTIVITIES.map(({ zone }) => zone), 'Pacific/Marquesas', 'Pacific/Gambier'];

/** Written by the server: it is there without script, without connection, and never hidden. */
export function emergencyNumbers(t: Words): string {
  const items = NUMBERS.map(({ number, href, or }) => {
    const also = or === '' ? '' : html` <a class="also" href="tel:${or}">${or}</a>`;
    return html`<li><span class="call"><a href="${href}">${number}</a>!${also}</span>
<span class="what">${t(`number-${number}`)}</span></li>`;
  });
  return html`<aside class="numbers" aria-labelledby="numbers-title">
<h2 id="numbers-title" class="numbers-title">${t('numbers-title')}</h2>
<ul>!${items}</ul>
<p id="there" class="there" data-zones="${ZONES.join(' ')}" hidden>${t('numbers-there')}</p>
</aside>`;
}

/** The other pages, in the same language. */
export function pageLinks(t: Words, language: Language): string {
  const query = language === 'fr' ? '' : `?lang=${language}`;
  const links = PAGES.map(({ path, key }) => html`<li><a href="${path}${query}">${t(key)}</a></li>`);
  return html`<nav aria-label="${t('links')}"><ul class="links">!${links}</ul></nav>`;
}
