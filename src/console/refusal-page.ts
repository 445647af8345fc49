import type { Request } from 'express';
import { html } from 'ghtml';
import type { Translate } from '../../locales/translate.js';
import { layout, type Word } from './layout.js';

/** A page that says in plain words what went wrong and where to go on, by its HTTP status. */
export type RefusalPage = (status: number) => string;

const REASONS: Readonly<Record<number, string>> = {
  400: 'incomplete',
  403: 'forbidden',
  404: 'not-found',
  409: 'changed',
  412: 'changed',
  413: 'too-large',
  429: 'too-many',
};

/** Whether a person with a browser reads the answer: scripts of the pages take anything, and get data. */
export const wantsStaffPage = (request: Request): boolean =>
  /^\/console(?:[/?]|$)/.test(request.originalUrl) && (request.get('accept') ?? '').includes('text/html');

export function createRefusalPage(translate: Translate): RefusalPage {
  const t: Word = (key, params) => translate('fr', key, params);
  return (status) => {
    const title = t('console.refusal.title');
    const content = html`<h1>${title}</h1>
<p>${t(`console.refusal.${REASONS[status] ?? 'failed'}`)}</p>
<p><a href="/console/accueil">${t('console.refusal.home')}</a></p>`;
    return layout(t, { path: '' }, { title, content });
  };
}
