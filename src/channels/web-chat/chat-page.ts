import { readFileSync } from 'node:fs';
import { Router } from 'express';
import { html } from 'ghtml';
import helmet from 'helmet';
import type { Translate } from '../../../locales/translate.js';
import type { Language } from '../../conversations/conversation.js';

/** Words that the page's own script shows. */
const SCRIPT_WORDS = [
  'erase-sure',
  'erased',
  'too-long',
  'lost',
  'back',
  'over',
  'again',
  'you',
  'bot',
  'code',
  'copy',
  'copied',
  'stale',
  'exit-count',
] as const;

const STYLE = new URL('./client/chat.css', import.meta.url);
const SCRIPTS = ['chat.js', 'direct-line-client.js', 'message-view.js', 'quick-exit.js'] as const;

/** The public page: words and numbers in the first answer, everything else after. */
export function createChatPage(parts: { translate: Translate; exitUrl: string }): Router {
  const router = Router();
  const style = readFileSync(STYLE, 'utf8');
  router.get('/', strictPolicy(), (request, response) => {
    const language: Language = request.query.lang === 'en' ? 'en' : 'fr';
    response.set('Cache-Control', 'no-store').type('html').send(page(parts, language));
  });
  router.get('/assets/chat.css', (_request, response) => {
    response.type('css').send(style);
  });
  for (const name of SCRIPTS) {
    const file = new URL(`./client/${name}`, import.meta.url);
    router.get(`/assets/${name}`, (_request, response) => {
      response.type('text/javascript').send(readFileSync(file, 'utf8'));
    });
  }
  return router;
}

/** Nothing from elsewhere, nothing inline, no string that becomes code. */
function strictPolicy() {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'connect-src': ["'self'", 'ws:', 'wss:'],
        'img-src': ["'self'", 'data:'],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
        'require-trusted-types-for': ["'script'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false,
  });
}

function page({ translate, exitUrl }: { translate: Translate; exitUrl: string }, language: Language): string {
  const t = (key: string): string => translate(language, `chat.${key}`, { count: '#' });
  const words = JSON.stringify(Object.fromEntries(SCRIPT_WORDS.map((key) => [key, t(key)])));
  const other = language === 'fr' ? 'en' : 'fr';
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${t('title')}</title>
<link rel="stylesheet" href="/assets/chat.css">
<link rel="icon" href="data:,">
</head>
<body data-language="${language}" data-words="${words}" data-exit="${exitUrl}">
<a class="skip" href="#message">${t('skip')}</a>
<header>
<div class="brand">
<h1>${t('heading')}</h1>
<p>${t('intro')}</p>
</div>
<div class="tools">
<a id="exit" class="exit" href="${exitUrl}" rel="nofollow noreferrer" aria-describedby="exit-help">${t('exit')}</a>
<a class="language" href="/?lang=${other}" lang="${other}" hreflang="${other}">${t('language')}</a>
</div>
<p id="exit-help" class="exit-help">${t('exit-help')}</p>
</header>
<aside aria-label="${t('numbers-title')}">
<h2>${t('numbers-title')}</h2>
<ul>
<li><a href="tel:15">15</a> ${t('number-15')}</li>
<li><a href="tel:3114">3114</a> ${t('number-3114')}</li>
<li><a href="tel:17">17</a> ${t('number-17')}</li>
</ul>
</aside>
<main>
<noscript><p class="notice">${t('no-script')}</p></noscript>
<div id="log" class="log" role="log" aria-live="polite" aria-label="${t('log')}" tabindex="0"></div>
<p id="status" class="status" role="status"></p>
<form id="form">
<label for="message">${t('label')}</label>
<div class="row">
<textarea id="message" rows="2" autocomplete="off" enterkeyhint="send"></textarea>
<button class="send" type="submit">${t('send')}</button>
</div>
</form>
<button id="erase" class="quiet" type="button">${t('erase')}</button>
</main>
<script type="module" src="/assets/chat.js"></script>
</body>
</html>`;
}
