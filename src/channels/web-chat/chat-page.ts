import { type Request, Router } from 'express';
import { html } from 'ghtml';
import type { Translate } from '../../../locales/translate.js';
import type { Language } from '../../conversations/conversation.js';
import { clientFolders, createPageAssets, scriptNames } from '../../web/page-assets.js';
import { emergencyNumbers, head, pageLinks, type Words } from './page-frame.js';
import { pagePolicy } from './page-policy.js';
import { createPlainPages } from './plain-pages.js';
import { sendPage } from './send-page.js';

const SCRIPTS = clientFolders('src/channels/web-chat/client/');
/** Scripts that a page names itself; the others are told to the browser at once, it need not find them. */
const ENTRIES = new Set(['chat.js', 'plain.js']);

/** Words that the page's own script shows. */
const SCRIPT_WORDS = [
  'erased',
  'opening',
  'reload-held',
  'opening-long',
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
  'print',
  'calendar',
  'calendar-title',
  'card-note',
  'stale',
  'new-window',
  'exit-count',
  'sheet',
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
  'sheet-title',
  'sheet-file',
  'human',
  'idle-closed',
  'resume-unknown',
  'operator-there',
  'operator-away',
  'queue-first',
  'queue-ahead',
  'queue-many',
  'queue-nobody',
  'with-person',
  'alerted',
  'alerted-away',
  'manage-opening',
] as const;

const PROMISES = ['free', 'anonymous', 'confidential'] as const;

/** `/` listens to whatever comes; `/rendez-vous` begins with the appointment one has. */
type Topic = 'listening' | 'appointment';
const PATHS: Readonly<Record<Topic, string>> = { listening: '/', appointment: '/rendez-vous' };

export interface ChatPageParts {
  translate: Translate;
  exitUrl: string;
  /** Days after which words are destroyed. */
  transcriptDays: number;
  states: { operatorThere(): Promise<boolean> };
}

interface Shown {
  t: Words;
  language: Language;
  topic: Topic;
  exitUrl: string;
  operatorThere: boolean;
}

/** The public pages: words and numbers in the first answer, everything else after. */
export function createChatPage(parts: ChatPageParts): Router {
  const router = Router();
  for (const topic of ['listening', 'appointment'] as const)
    router.get(PATHS[topic], pagePolicy(), async (request, response) => {
      const language = languageOf(request);
      const operatorThere = await isThere(parts);
      const t = wordsOf(parts.translate, language);
      sendPage(request, response, page({ t, language, topic, exitUrl: parts.exitUrl, operatorThere }));
    });
  router.use(createPlainPages(parts));
  router.use(createPageAssets('/assets', SCRIPTS));
  return router;
}

/** A page that cannot ask who is there is shown all the same, and promises nobody. */
async function isThere({ states }: ChatPageParts): Promise<boolean> {
  try {
    return await states.operatorThere();
  } catch {
    return false;
  }
}

const languageOf = ({ query }: Request): Language => (query.lang === 'en' ? 'en' : 'fr');

/** The script fills in what the page cannot know. */
function wordsOf(translate: Translate, language: Language): Words {
  const unknown = { count: '#', name: '#' };
  return (key) => translate(language, `chat.${key}`, unknown);
}

function page(shown: Shown): string {
  const { t, language, topic, exitUrl } = shown;
  const words = JSON.stringify(Object.fromEntries(SCRIPT_WORDS.map((key) => [key, t(key)])));
  return html`<!doctype html>
<html lang="${language}">
<head>
!${head(t(topic === 'listening' ? 'title' : 'manage-title'))}
!${scriptNames(SCRIPTS, ENTRIES).map((name) => html`<link rel="modulepreload" href="/assets/${name}">`)}
<script type="module" src="/assets/chat.js"></script>
</head>
<body data-language="${language}" data-words="${words}" data-exit="${exitUrl}" data-topic="${topic}">
<a class="skip" href="#conversation">${t('skip')}</a>
!${masthead(shown)}
!${emergencyNumbers(t)}
!${conversation(shown)}
!${foot(shown)}
!${eraseDialog(t)}
!${resumeDialog(t)}
!${idleDialog(t)}
</body>
</html>`;
}

function masthead({ t, language, topic, exitUrl }: Shown): string {
  const other = language === 'fr' ? 'en' : 'fr';
  const promises = PROMISES.map((key) => html`<li>${t(key)}</li>`);
  return html`<header class="masthead">
<a id="exit" class="exit" href="${exitUrl}" rel="nofollow noreferrer" aria-describedby="exit-help">${t('exit')}</a>
<a id="language" class="language" href="${PATHS[topic]}?lang=${other}" lang="${other}" hreflang="${other}">${t('language')}</a>
<h1>${t(topic === 'listening' ? 'heading' : 'manage-heading')}</h1>
<p class="intro">${t(topic === 'listening' ? 'intro' : 'manage-intro')}</p>
<ul class="promises">!${promises}</ul>
</header>`;
}

function conversation({ t, operatorThere }: Shown): string {
  return html`<main id="conversation" tabindex="-1">
<noscript><p class="notice">${t('no-script')}</p></noscript>
<p id="not-open" class="notice late">${t('not-open')}</p>
<p id="presence" class="presence" role="status">${t(operatorThere ? 'operator-there' : 'operator-away')}</p>
<div id="log" class="log" role="log" aria-live="polite" aria-label="${t('log')}" tabindex="0" hidden></div>
<p id="status" class="status" role="status"></p>
<p id="alert" class="alert" role="alert"></p>
<button id="again" class="again" type="button" hidden>${t('again')}</button>
<form id="form" class="composer" hidden>
<label for="message">${t('label')}</label>
<button id="human" class="quiet human" type="button">${t('human')}</button>
<textarea id="message" rows="1" autocomplete="off" aria-describedby="alert"></textarea>
<button id="send" class="send" type="submit">${t('send')}</button>
</form>
</main>`;
}

/** On a small screen the script folds what is only read. */
function foot({ t, language }: Shown): string {
  return html`<footer class="foot">
<button id="erase" class="quiet" type="button" hidden>${t('erase')}</button>
<button id="resume" class="quiet" type="button" hidden>${t('resume')}</button>
<details id="more" class="more" open>
<summary>${t('more')}</summary>
<p>${t('numbers-overseas')}</p>
<p id="exit-help">${t('exit-help')} <span class="keys">${t('exit-keys')}</span></p>
!${pageLinks(t, language)}
</details>
</footer>`;
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

function resumeDialog(t: Words): string {
  return html`<dialog id="resume-dialog" aria-labelledby="resume-title">
<h2 id="resume-title" class="question">${t('resume-title')}</h2>
<div id="resume-mine" hidden>
<p>${t('resume-mine')}</p>
<p id="resume-code" class="resume-code"></p>
<p class="caution">${t('resume-caution')}</p>
</div>
<form id="resume-form" class="resume-form">
<label for="resume-given" class="resume-label">${t('resume-other')}</label>
<input id="resume-given" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" aria-describedby="resume-alert">
<p id="resume-alert" class="alert" role="alert"></p>
<p class="answers">
<button type="submit">${t('resume-take-up')}</button>
<button id="resume-close" type="button">${t('close')}</button>
</p>
</form>
</dialog>`;
}

function idleDialog(t: Words): string {
  return html`<dialog id="idle-dialog" aria-labelledby="idle-title" aria-describedby="idle-text">
<h2 id="idle-title" class="question">${t('idle-title')}</h2>
<p id="idle-text">${t('idle-text')}</p>
<p class="answers"><button id="idle-stay" type="button">${t('idle-stay')}</button></p>
</dialog>`;
}
