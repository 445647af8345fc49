import { Router } from 'express';
import { html } from 'ghtml';
import type { Translate } from '../../../locales/translate.js';
import type { Language } from '../../conversations/conversation.js';
import { emergencyNumbers, head, pageLinks, type Words } from './page-frame.js';
import { pagePolicy } from './page-policy.js';
import { sendPage } from './send-page.js';

/** Sections of each page, in order: `pages.<page>.<section>` and `pages.<page>.<section>-title`. */
const SECTIONS = {
  privacy: ['chat', 'reads', 'kept', 'erase', 'phone', 'number', 'code', 'alert', 'device', 'rights'],
  accessibility: ['state', 'done', 'not-done', 'tell', 'recourse'],
} as const;
type PageName = keyof typeof SECTIONS;
const PATHS: Readonly<Record<PageName, string>> = {
  privacy: '/confidentialite',
  accessibility: '/accessibilite',
};

/** Pages that are only read: what happens to the caller's words, and how the pages can be used. */
export function createPlainPages(parts: {
  translate: Translate;
  exitUrl: string;
  /** Days after which words are destroyed. */
  transcriptDays: number;
}): Router {
  const router = Router();
  for (const name of ['privacy', 'accessibility'] as const)
    router.get(PATHS[name], pagePolicy(), (request, response) => {
      const language: Language = request.query.lang === 'en' ? 'en' : 'fr';
      sendPage(request, response, plainPage(parts, name, language));
    });
  return router;
}

function plainPage(
  { translate, exitUrl, transcriptDays }: Parameters<typeof createPlainPages>[0],
  name: PageName,
  language: Language,
): string {
  const t: Words = (key) => translate(language, `chat.${key}`, { count: '#' });
  const words = JSON.stringify({ 'exit-count': t('exit-count') });
  const said: Words = (key) => translate(language, `pages.${name}.${key}`, { days: transcriptDays });
  const other = language === 'fr' ? 'en' : 'fr';
  const sections = SECTIONS[name].map(
    (key) => html`<section><h2>${said(`${key}-title`)}</h2><p>${said(key)}</p></section>`,
  );
  return html`<!doctype html>
<html lang="${language}">
<head>
!${head(said('title'))}
<script type="module" src="/assets/plain.js"></script>
</head>
<body class="plain" data-words="${words}" data-exit="${exitUrl}">
<a class="skip" href="#content">${t('skip-page')}</a>
<header class="masthead">
<a id="exit" class="exit" href="${exitUrl}" rel="nofollow noreferrer" aria-describedby="exit-help">${t('exit')}</a>
<a class="language" href="${PATHS[name]}?lang=${other}" lang="${other}" hreflang="${other}">${t('language')}</a>
<h1>${said('heading')}</h1>
</header>
!${emergencyNumbers(t)}
<main id="content" class="reading" tabindex="-1">
!${sections}
</main>
<footer class="foot">
<p>${t('numbers-overseas')}</p>
<p id="exit-help">${t('exit-help')} <span class="keys">${t('exit-keys')}</span></p>
!${pageLinks(t, language)}
</footer>
<p id="status" class="status" role="status"></p>
</body>
</html>`;
}
