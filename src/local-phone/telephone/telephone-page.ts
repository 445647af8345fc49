import { json, type Request, type Response, Router } from 'express';
import { html } from 'ghtml';
import { clientFolders, createPageAssets } from '../../web/page-assets.js';
import { SCRIPT_ONLY, strictPolicy } from '../../web/strict-policy.js';
import type { Exchange, ExchangeEvent, PhoneName } from './exchange.js';
import { PHONES } from './exchange.js';

/** Words of the page, French: it is for trying the service, on this machine. */
export type Word = (key: string) => string;

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const KEY_NAMES: Readonly<Record<string, string>> = { '*': 'telephone.star', '#': 'telephone.hash' };
const MOST_SAID = 500;
const MOST_PAGES = 20;

/** The page with three phones: demonstration only, where nobody but this machine can reach it. */
export function createTelephonePage({ exchange, t }: { exchange: Exchange; t: Word }): Router {
  const router = Router();
  router.use(strictPolicy(SCRIPT_ONLY));
  router.get('/', (_request, response) => {
    response.set('Cache-Control', 'no-store').type('html').send(page(t));
  });
  router.use(createPageAssets('/assets', clientFolders('src/local-phone/telephone/client/')));
  addEvents(router, exchange);
  router.use(json({ limit: '4kb' }));
  router.use((request, response, next) => {
    // Another site may not send this header without asking first, and is never told that it may.
    if (request.get('x-telephone') === '1') next();
    else response.status(403).end();
  });
  addActs(router, exchange);
  return router;
}

function addEvents(router: Router, exchange: Exchange): void {
  let pages = 0;
  router.get('/events', (request, response) => {
    if (pages >= MOST_PAGES) return void response.status(503).end();
    pages += 1;
    response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const send = (event: ExchangeEvent): void => {
      response.write(`data: ${JSON.stringify(event)}\n\n`);
    };
    send(exchange.now());
    const stop = exchange.subscribe(send);
    request.on('close', () => {
      pages -= 1;
      stop();
    });
  });
}

function addActs(router: Router, exchange: Exchange): void {
  router.post('/dial', async (_request, response) => {
    response.json({ outcome: await exchange.dial() });
  });
  const act = (path: string, doIt: (phone: PhoneName, request: Request) => void): void => {
    router.post(path, (request: Request, response: Response) => {
      const phone = PHONES.find((known) => known === request.body?.phone);
      if (phone === undefined) return void response.status(400).end();
      doIt(phone, request);
      response.status(204).end();
    });
  };
  act('/pick-up', (phone) => exchange.pickUp(phone));
  act('/hang-up', (phone) => exchange.hangUp(phone));
  act('/keys', (phone, { body }) => {
    const keys = String(body.keys ?? '');
    if (/^[0-9*#]{1,32}$/.test(keys)) exchange.press(phone, { kind: 'keys', keys });
  });
  act('/say', (phone, { body }) => {
    const text = String(body.text ?? '')
      .trim()
      .slice(0, MOST_SAID);
    if (text !== '') exchange.press(phone, { kind: 'speech', text });
  });
}

const page = (t: Word): string => html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${t('telephone.title')}</title>
<link rel="stylesheet" href="/telephone/assets/telephone.css">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<script type="module" src="/telephone/assets/telephone.js"></script>
</head>
<body>
<header><h1>${t('telephone.title')}</h1><p>${t('telephone.about')}</p>
<p><label><input type="checkbox" id="aloud"> ${t('telephone.aloud')}</label></p></header>
<noscript><p>${t('telephone.no-script')}</p></noscript>
<main>!${PHONES.map((name) => phone(t, name)).join('')}</main>
</body>
</html>`;

const phone = (t: Word, name: PhoneName): string => html`<section class="phone" data-phone="${name}"
 data-idle="${t('telephone.state-idle')}" data-ringing="${t('telephone.state-ringing')}"
 data-in-call="${t('telephone.state-in-call')}" data-talking="${t('telephone.state-talking')}"
 data-no-network="${t('telephone.no-network')}" aria-labelledby="${name}-title">
<h2 id="${name}-title">${t(`telephone.phone-${name}`)}</h2>
<p class="state" role="status"></p>
<div class="heard" role="log" aria-label="${t('telephone.heard')}" tabindex="0"></div>
<div class="acts">!${name === 'caller' ? button('dial', t('telephone.dial')) : button('pick-up', t('telephone.pick-up'))}
!${button('hang-up', t('telephone.hang-up'))}</div>
<div class="keypad" role="group" aria-label="${t('telephone.keypad')}">!${KEYS.map((key) => keyButton(t, key)).join('')}</div>
!${name === 'caller' ? speech(t) : ''}
</section>`;

const button = (act: string, words: string): string =>
  html`<button type="button" data-act="${act}" class="${act}">${words}</button>`;

const keyButton = (t: Word, key: string): string =>
  html`<button type="button" data-key="${key}" aria-label="${KEY_NAMES[key] === undefined ? key : t(KEY_NAMES[key])}">${key}</button>`;

const speech = (t: Word): string => html`<form class="speech"><label for="said">${t('telephone.say')}</label>
<div><input id="said" autocomplete="off" maxlength="${MOST_SAID}"><button>${t('telephone.send')}</button></div>
<div class="microphone" hidden><button type="button" data-act="microphone">${t('telephone.microphone')}</button>
<p>${t('telephone.microphone-about')}</p></div></form>`;
