import { Router } from 'express';
import { html } from 'ghtml';
import type { Translate } from '../../../locales/translate.js';
import type { Language } from '../../conversations/conversation.js';
import { createPageAssets } from './page-assets.js';
import { pagePolicy } from './page-policy.js';

/** Words that the page's own script shows. */
const SCRIPT_WORDS = [
  'erased',
  'opening',
  'sending',
  'typing',
  'too-long',
  'lost',
  'not-sent',
  'back',
  'over',
  'again',
  'you',
  'bot',
  'person',
  'code',
  'copy',
  'copied',
  'stale',
  'new-window',
  'exit-count',
  'sheet',
  'print',
  'sheet-duration',
  'sheet-post',
  'sheet-pay',
  'sheet-conditions',
  'sheet-administrative',
  'sheet-medical',
  'sheet-send',
  'sheet-deadlines',
  'sheet-open',
  'sheet-closed',
  'sheet-notes',
] as const;

const NUMBERS = [
  { number: '15', href: 'tel:15', or: '112' },
  { number: '3114', href: 'tel:3114', or: '' },
  { number: '17', href: 'tel:17', or: '' },
  { number: '114', href: 'sms:114', or: '' },
] as const;
const PROMISES = ['free', 'anonymous', 'confidential'] as const;

type Words = (key: string) => string;

/** The public page: words and numbers in the first answer, everything else after. */
export function createChatPage(parts: { translate: Translate; exitUrl: string }): Router {
  const router = Router();
  router.get('/', pagePolicy(), (request, response) => {
    const language: Language = request.query.lang === 'en' ? 'en' : 'fr';
    // The script fills these in: the page cannot know them.
    const unknown = { count: '#', name: '#' };
    const t: Words = (key) => parts.translate(language, `chat.${key}`, unknown);
    response.type('html').send(page(t, language, parts.exitUrl));
  });
  router.use(createPageAssets());
  return router;
}

function page(t: Words, language: Language, exitUrl: string): string {
  const words = JSON.stringify(Object.fromEntries(SCRIPT_WORDS.map((key) => [key, t(key)])));
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>${t('title')}</title>
<link rel="stylesheet" href="/assets/page.css">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<script type="module" src="/assets/chat.js"></script>
</head>
<body data-language="${language}" data-words="${words}" data-exit="${exitUrl}">
<a class="skip" href="#conversation">${t('skip')}</a>
!${masthead(t, language, exitUrl)}
!${emergencyNumbers(t)}
!${conversation(t)}
<footer class="foot">
<button id="erase" class="quiet" type="button" hidden>${t('erase')}</button>
<p id="exit-help">${t('exit-help')} <span class="keys">${t('exit-keys')}</span></p>
</footer>
!${eraseDialog(t)}
</body>
</html>`;
}

function masthead(t: Words, language: Language, exitUrl: string): string {
  const other = language === 'fr' ? 'en' : 'fr';
  const promises = PROMISES.map((key) => html`<li>${t(key)}</li>`);
  return html`<header class="masthead">
<a id="exit" class="exit" href="${exitUrl}" rel="nofollow noreferrer" aria-describedby="exit-help">${t('exit')}</a>
<a id="language" class="language" href="/?lang=${other}" lang="${other}" hreflang="${other}">${t('language')}</a>
<h1>${t('heading')}</h1>
<p class="intro">${t('intro')}</p>
<ul class="promises">!${promises}</ul>
</header>`;
}

/** Written by the server: it is there without script, without connection, and never hidden. */
function emergencyNumbers(t: Words): string {
  const items = NUMBERS.map(({ number, href, or }) => {
    const also = or === '' ? '' : html` <a class="also" href="tel:${or}">${or}</a>`;
    return html`<li><span class="call"><a href="${href}">${number}</a>!${also}</span>
<span class="what">${t(`number-${number}`)}</span></li>`;
  });
  return html`<aside class="numbers" aria-labelledby="numbers-title">
<h2 id="numbers-title" class="numbers-title">${t('numbers-title')}</h2>
<ul>!${items}</ul>
</aside>`;
}

function conversation(t: Words): string {
  return html`<main id="conversation" tabindex="-1">
<noscript><p class="notice">${t('no-script')}</p></noscript>
<p id="not-open" class="notice late">${t('not-open')}</p>
<div id="log" class="log" role="log" aria-live="polite" aria-label="${t('log')}" tabindex="0" hidden></div>
<p id="status" class="status" role="status"></p>
<p id="alert" class="alert" role="alert"></p>
<button id="again" class="again" type="button" hidden>${t('again')}</button>
<form id="form" class="composer" hidden>
<label for="message">${t('label')}</label>
<textarea id="message" rows="1" autocomplete="off" aria-describedby="alert"></textarea>
<button id="send" type="submit">${t('send')}</button>
</form>
</main>`;
}

function eraseDialog(t: Words): string {
  return html`<dialog id="erase-dialog" aria-labelledby="erase-sure" aria-describedby="erase-alert">
<h2 id="erase-sure" class="question">${t('erase-sure')}</h2>
<p id="erase-alert">${t('erase-alert')}</p>
<p class="answers">
<button id="erase-yes" class="strong" type="button">${t('erase-yes')}</button>
<button id="erase-no" type="button">${t('erase-no')}</button>
</p>
</dialog>`;
}
