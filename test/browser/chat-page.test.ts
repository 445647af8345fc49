import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumForTests } from '../support/chromium.js';
import { type ChatBrowser, chatBrowser, EXIT, kept, violations } from './chat-browser.js';

const MINUTES = 60_000;
/** Machines are busy: how long is waited says nothing about how long it takes. */
const SOON = { timeout: 15_000 };
const BOOKING = [
  'je voudrais prendre rendez-vous avec un psychologue',
  'Prendre rendez-vous',
  'Par téléphone',
  '1',
  'Oui',
];

/** Whether the end of the last message stands inside the part of the log that is shown. */
const NEWEST_IN_SIGHT = `(() => {
  const bottom = (element) => element.getBoundingClientRect().bottom;
  const newest = [...document.querySelectorAll('.message.operator')].at(-1);
  return bottom(newest) <= bottom(document.querySelector('#log')) + 1;
})()`;

const executable = chromiumForTests();

describe.runIf(executable !== undefined)('the chat in a browser', () => {
  let chat: ChatBrowser;
  beforeAll(async () => {
    chat = await chatBrowser(executable ?? '');
  });
  afterAll(() => chat.close());

  const dominique = { id: 'operator-2' as never, pseudonym: 'Dominique' };
  const atDesk = () => chat.service.service.presences.beat(dominique);
  const onPause = () => chat.service.service.presences.pause(dominique);

  it('books an appointment by buttons and words, and gives a card to copy, print and put in a calendar', async () => {
    const { page, say, until, close } = await chat.open();
    await page.getByRole('button', { name: 'Prendre rendez-vous avec un psychologue' }).click();
    await until('Prendre rendez-vous avec un psychologue');
    for (const text of BOOKING.slice(2)) await say(text);
    const code = await page.locator('.card .code').textContent();
    expect(code).toMatch(/^\d{3} \d{3} \d{3}$/);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Ajouter à un agenda' }).click(),
    ]);
    const calendar = readFileSync(await file.path(), 'utf8');
    expect(file.suggestedFilename()).toBe('rendez-vous.ics');
    expect(calendar).toMatch(/^BEGIN:VCALENDAR\r\n.*DTSTART:\d{8}T\d{6}Z\r\n.*END:VCALENDAR\r\n$/s);
    expect(calendar).not.toMatch(/psy|écoute/i);
    expect(calendar).not.toContain(code?.replaceAll(' ', ''));
    await page.evaluate(
      'window.print = () => { window.printed = getComputedStyle(document.querySelector(".numbers")).display + document.title; }',
    );
    await page.emulateMedia({ media: 'print' });
    await page.getByRole('button', { name: 'Imprimer' }).dispatchEvent('click');
    expect(await page.evaluate('window.printed')).toBe('noneRendez-vous');
    expect(await violations(page)).toEqual([]);
    await close();
  });

  it('shows services with numbers that can be called', async () => {
    const { page, say, until, close } = await chat.open();
    await say('j’ai des dettes et je risque de perdre mon logement');
    await say('Strasbourg');
    await until('Service social');
    const href = await page.locator('.services a[href^="tel:"]').first().getAttribute('href');
    expect(href).toMatch(/^tel:\+?\d{4,}$/);
    expect(await violations(page)).toEqual([]);
    await close();
  });

  it('folds a sheet of measures away, and opens it by keyboard', async () => {
    const { page, say, close } = await chat.open();
    for (const text of ['je voudrais un poste adapté pour raison de santé', 'Marseille', '2', '1', '1', '2'])
      await say(text);
    const sheet = page.locator('details.sheet');
    await sheet.locator('summary').focus();
    await page.keyboard.press('Enter');
    await sheet.locator('h3').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await close();
  });

  it('shows presence, the numbers and where-are-you in one view after words of danger, on a phone', async () => {
    const { page, say, close } = await chat.open();
    await say('je veux mourir');
    await page.waitForTimeout(500);
    expect(await page.locator('.message', { hasText: 'Je vous crois' }).first().isVisible()).toBe(true);
    const where = page.locator('.message', { hasText: 'Où êtes-vous' });
    const [box, log] = [await where.boundingBox(), await page.locator('#log').boundingBox()];
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((log?.y ?? 0) + (log?.height ?? 0));
    await page.locator('#presence', { hasText: /opérateurs sont alertés|Aucune personne/ }).waitFor();
    expect(await page.locator('#numbers-title').isVisible()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await close();
  });

  it('tells whether somebody is there, how many wait before, and who writes', async () => {
    await atDesk();
    await onPause();
    chat.service.clock.advance(3_000);
    const first = await chat.open();
    expect(await first.page.textContent('#presence')).toBe('Aucune personne n’est là en ce moment.');
    await chat.service.service.presences.resume(dominique);
    await atDesk();
    chat.service.clock.advance(3_000);
    await first.page.click('#human');
    await first.page.locator('#presence', { hasText: /en tête de la file|Avant vous/ }).waitFor();
    expect(await first.page.locator('#human').isVisible()).toBe(false);
    chat.service.clock.advance(3_000);
    const second = await chat.open();
    await second.page.click('#human');
    await second.page.locator('#presence', { hasText: /Avant vous : \d/ }).waitFor();
    expect(await violations(second.page)).toEqual([]);

    const { desk } = chat.service.service;
    const camille = { id: 'operator-1' as never, pseudonym: 'Camille' };
    const { rows } = await desk.page({ filter: 'waiting', me: camille.id, page: 1 });
    const id = rows.filter(({ place }) => place.part === 'queue').at(-1)?.conversation as never;
    await desk.claim(id, camille);
    await second.page.locator('#presence.person', { hasText: 'Vous parlez avec Camille' }).waitFor();
    await desk.reply(id, camille, 'Bonjour, je vous lis.');
    await second.until('Bonjour, je vous lis.');
    expect(await second.page.locator('.message.operator .who').textContent()).toContain('Camille');
    for (const line of ['un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept'])
      await desk.reply(id, camille, `Je reste avec vous : ${line}.`);
    await second.until('Je reste avec vous : sept.');
    expect(await second.page.evaluate(NEWEST_IN_SIGHT)).toBe(true);
    expect(await violations(second.page)).toEqual([]);
    await desk.close(id, camille, { outcome: 'listened', orientation: 'none' });
    await second.page.locator('#again').waitFor();
    expect(await second.page.locator('.numbers a', { hasText: '3114' }).isVisible()).toBe(true);
    expect(await violations(second.page)).toEqual([]);
    await Promise.all([first.close(), second.close()]);
  });

  it('says which numbers answer where the device is, in the territories that have others', async () => {
    const far = await chat.open('/', { timezoneId: 'Pacific/Noumea' });
    await far.page.locator('#there', { hasText: '15, 17 ou 18' }).waitFor();
    expect(await violations(far.page)).toEqual([]);
    const home = await chat.open('/', { timezoneId: 'Europe/Paris' });
    expect(await home.page.locator('#there').isVisible()).toBe(false);
    await Promise.all([far.close(), home.close()]);
  });

  it('goes by keyboard alone, from the skip link to an answer and out of a dialog', async () => {
    const { page, until, close } = await chat.open('/', { viewport: { width: 1280, height: 800 } });
    const focused = () =>
      page.evaluate('document.activeElement.id || document.activeElement.textContent.trim()');
    const seen: unknown[] = [];
    for (let step = 0; step < 25 && !seen.includes('send'); step += 1) {
      await page.keyboard.press('Tab');
      seen.push(await focused());
    }
    expect(seen).toEqual(
      expect.arrayContaining([
        'exit',
        'language',
        '15',
        '3114',
        'log',
        'Parler à une personne',
        'human',
        'message',
        'send',
      ]),
    );
    await page.focus('.choice >> nth=0');
    await page.keyboard.press('Enter');
    await expect.poll(focused, SOON).toBe('log');
    await page.focus('#message');
    await page.keyboard.type('bonjour');
    await page.keyboard.press('Enter');
    await until('bonjour');
    await page.focus('#erase');
    await page.keyboard.press('Enter');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('erase');
    await close();
  });

  it('leaves by the button: another page at once, the words gone, the storage cleared', async () => {
    const { page, context, requests, say, close } = await chat.open('/', {
      prepare: (_page, context) => context.route(EXIT, (route) => route.fulfill({ body: 'météo' })),
    });
    await say('bonjour');
    const conversation = JSON.parse((await kept(page)).session[0] ?? '{}').conversationId;
    const beacon = page.waitForRequest((request) => request.url().endsWith('/api/chat/leave'));
    await page.click('#exit');
    await page.waitForURL(EXIT);
    expect((await beacon).postData()?.length).toBeGreaterThan(20);
    await expect.poll(() => chat.service.service.conversations.head(conversation), SOON).toBeUndefined();
    expect(
      requests
        .map((request) => request.url())
        .filter((url) => !url.startsWith(chat.service.url) && url !== EXIT),
    ).toEqual([]);
    await page.goBack().catch(() => undefined);
    expect(page.url()).not.toContain('/v3/');
    expect(await context.cookies()).toEqual([]);
    await close();
  });

  it('leaves by Shift pressed three times, which a capital letter is not', async () => {
    const { page, close } = await chat.open('/', {
      prepare: (_page, context) => context.route(EXIT, (route) => route.fulfill({ body: 'météo' })),
    });
    await page.focus('#message');
    await page.keyboard.type('ABC');
    await page.keyboard.press('Shift');
    await page.locator('#status', { hasText: 'Encore 2 fois' }).waitFor();
    await page.keyboard.press('Shift');
    await page.keyboard.press('Shift');
    await page.waitForURL(EXIT);
    await close();
  });

  it('leaves from a page that is only read, with the conversation of the tab', async () => {
    const { page, say, close } = await chat.open('/', {
      prepare: (_page, context) => context.route(EXIT, (route) => route.fulfill({ body: 'météo' })),
    });
    await say('bonjour');
    const conversation = JSON.parse((await kept(page)).session[0] ?? '{}').conversationId;
    await page.goto(`${chat.service.url}/confidentialite`);
    await page.waitForLoadState('load');
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift');
    await page.waitForURL(EXIT);
    await expect.poll(() => chat.service.service.conversations.head(conversation), SOON).toBeUndefined();
    await close();
  });

  it('erases, says so, keeps the numbers, and begins anew', async () => {
    const { page, say, texts, close } = await chat.open();
    await say('bonjour');
    await page.click('#erase');
    await page.click('#erase-yes');
    await page.locator('#status', { hasText: 'Vos messages sont effacés.' }).waitFor();
    expect([await texts(), (await kept(page)).session]).toEqual([[], []]);
    expect(await violations(page)).toEqual([]);
    await page.click('#again');
    await page.waitForSelector('.choices');
    await close();
  });

  it('keeps the token and the conversation’s id in the tab, and nothing else anywhere', async () => {
    const { page, context, requests, complaints, say, close } = await chat.open();
    await say('bonjour');
    const { session, local, cookie } = await kept(page);
    expect(session.map((text) => Object.keys(JSON.parse(text)).sort())).toEqual([
      ['conversationId', 'token'],
    ]);
    expect([local, cookie, await context.cookies()]).toEqual([0, '', []]);
    expect(await page.evaluate('indexedDB.databases().then(({ length }) => length)')).toBe(0);
    expect(await page.evaluate('caches.keys().then(({ length }) => length)')).toBe(0);
    expect(requests.filter((request) => !request.url().startsWith(chat.service.url))).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('is held by its policy: no string becomes markup, no script comes in', async () => {
    const { page, say, until, close } = await chat.open();
    const refused = (code: string) =>
      page.evaluate(`(() => { try { ${code}; return 'taken'; } catch (error) { return error.name; } })()`);
    expect(await refused('document.body.innerHTML = "<b>x</b>"')).toBe('TypeError');
    expect(await refused('trustedTypes.createPolicy("x", {})')).toBe('TypeError');
    await say('<img src=x onerror=document.title="bad"> <b>gras</b>');
    await until('<b>gras</b>');
    expect(await page.locator('#log img, #log b').count()).toBe(0);
    await close();
  });

  it('asks whether somebody is still there, stays when asked to, hides the words when not', async () => {
    const { page, say, texts, close } = await chat.open('/', { prepare: (page) => page.clock.install() });
    const pass = async (minutes: number) => page.clock.runFor(minutes * MINUTES);
    await say('bonjour');
    await pass(0.1);
    await page.waitForTimeout(300);
    await pass(19.5);
    expect(await page.locator('#idle-dialog').isVisible()).toBe(false);
    await pass(0.6);
    expect(await page.locator('#idle-dialog').isVisible()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.click('#idle-stay');
    await pass(19.5);
    expect(await page.locator('#idle-dialog').isVisible()).toBe(false);
    await pass(1);
    await pass(5);
    await page.locator('#status', { hasText: 'par discrétion' }).waitFor();
    expect([await texts(), (await kept(page)).session]).toEqual([[], []]);
    await close();
  });

  it('never hides while somebody was alerted', async () => {
    const { page, say, close } = await chat.open('/', { prepare: (page) => page.clock.install() });
    await say('je veux mourir');
    await page.clock.runFor(1_000);
    await page.waitForTimeout(300);
    await page.clock.runFor(40 * MINUTES);
    expect(await page.locator('#idle-dialog').isVisible()).toBe(false);
    expect(await page.locator('.message.caller').count()).toBe(1);
    await close();
  });

  it('takes a dropped conversation up on another device by its code', async () => {
    const first = await chat.open();
    await first.say('je suis fatiguée');
    await first.page.locator('#resume').click();
    const code = (await first.page.textContent('#resume-code')) ?? '';
    expect(await violations(first.page)).toEqual([]);
    await first.close();
    const second = await chat.open();
    await second.page.click('#resume');
    await second.page.fill('#resume-given', '0000-0000-0000');
    await second.page.keyboard.press('Enter');
    await second.page.locator('#resume-alert', { hasText: 'Aucune conversation' }).waitFor();
    await second.page.fill('#resume-given', code.toLowerCase());
    await second.page.keyboard.press('Enter');
    await second.until('je suis fatiguée');
    await second.say('je suis de retour');
    await second.close();
  });

  it('manages an appointment by its code at /rendez-vous, in the same conversation, asked once', async () => {
    const { page, say, close } = await chat.open();
    for (const text of BOOKING) await say(text);
    const code = (await page.locator('.card .code').textContent()) ?? '';
    await close();
    const manage = await chat.open('/rendez-vous');
    await manage.until('Quel est votre code de rendez-vous');
    await manage.page.reload();
    await manage.until('Quel est votre code de rendez-vous');
    await manage.page.waitForTimeout(500);
    expect((await manage.texts()).filter((text) => text === 'J’ai déjà un rendez-vous')).toHaveLength(1);
    await manage.say('111 111 111');
    await manage.say(code);
    await manage.until('Votre rendez-vous :');
    expect(await violations(manage.page)).toEqual([]);
    await manage.close();
  });

  it('holds a conversation by asking again where no socket passes', async () => {
    const { page, say, close } = await chat.open('/', {
      prepare: (page) => page.routeWebSocket(/.*/, (socket) => socket.close()),
    });
    await say('bonjour');
    expect(await page.locator('.message.bot').count()).toBeGreaterThan(3);
    await close();
  });

  it('says that it is cut off, keeps the text and the numbers, and goes on when it is back', async () => {
    const { page, context, until, close } = await chat.open();
    await context.setOffline(true);
    await page.fill('#message', 'écrit sans réseau');
    await page.click('#send');
    await page.locator('#alert', { hasText: 'appelez : 15, 112 ou 3114' }).waitFor();
    expect(await page.inputValue('#message')).toBe('écrit sans réseau');
    expect(await page.locator('.numbers a', { hasText: '3114' }).isVisible()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await context.setOffline(false);
    await page.click('#send');
    await until('écrit sans réseau');
    expect(await page.locator('.message.caller').count()).toBe(1);
    await close();
  });

  it('holds a reload back while it is cut off, so that the numbers stay, and lets go when it is back', async () => {
    const { page, context, say, close } = await chat.open();
    await say('bonjour');
    await context.setOffline(true);
    const held =
      'new Promise((done) => addEventListener("keydown", (event) => setTimeout(() => done(event.defaultPrevented)), { once: true }))';
    const pressed = page.evaluate(held);
    await page.keyboard.press('F5');
    expect(await pressed).toBe(true);
    await page.locator('#alert', { hasText: 'Les numéros répondent sans Internet' }).waitFor();
    const asked = page.waitForEvent('dialog');
    await page.evaluate('setTimeout(() => location.reload())');
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    expect(await page.locator('.numbers a', { hasText: '3114' }).isVisible()).toBe(true);
    expect(await page.locator('.message.caller').count()).toBe(1);
    expect(
      await page.evaluate('navigator.serviceWorker.getRegistrations().then(({ length }) => length)'),
    ).toBe(0);
    await context.setOffline(false);
    await page.locator('#alert:empty').waitFor({ state: 'attached' });
    await page.reload();
    await page.locator('.message.caller').waitFor();
    await close();
  });

  it('lets the quick exit go without network too', async () => {
    const { page, context, say, close } = await chat.open();
    await say('bonjour');
    await context.setOffline(true);
    let asked = false;
    page.on('dialog', (dialog) => {
      asked = true;
      void dialog.accept();
    });
    await page.click('#exit');
    await page.waitForTimeout(500);
    expect(asked).toBe(false);
    expect(
      await page
        .locator('.message.caller')
        .isVisible()
        .catch(() => false),
    ).toBe(false);
    await close();
  });

  it('keeps a letter that is too long for one message, and shows the numbers', async () => {
    const { page, close } = await chat.open();
    const letter = 'é'.repeat(70_000);
    await page.fill('#message', letter);
    await page.click('#send');
    await page.locator('#alert', { hasText: '15 ou 112' }).waitFor();
    expect((await page.inputValue('#message')).length).toBe(letter.length);
    await page.fill('#message', letter.slice(0, 60_000));
    await page.click('#send');
    await page.locator('.message.caller').waitFor();
    await close();
  });

  it('needs script for the conversation, says so, and shows the numbers without it', async () => {
    const { page, close } = await chat.open('/', { javaScriptEnabled: false, raw: true });
    const notice = page.locator('noscript p');
    expect(await notice.textContent()).toContain('a besoin de JavaScript');
    expect((await notice.boundingBox())?.height).toBeGreaterThan(20);
    expect(await page.locator('a[href="tel:3114"]').isVisible()).toBe(true);
    expect(await page.locator('#form').isVisible()).toBe(false);
    await close();
  });

  const PATHS = ['/', '/rendez-vous', '/confidentialite', '/accessibilite'];
  const looks = [
    { name: '320 px', paths: PATHS, viewport: { width: 320, height: 640 } },
    { name: '200 %', paths: ['/'], viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
    { name: '400 %', paths: PATHS, viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 },
    { name: 'dark', paths: PATHS, viewport: { width: 1280, height: 800 }, colorScheme: 'dark' as const },
    { name: 'English', paths: ['/?lang=en'], viewport: { width: 1280, height: 800 } },
  ];
  /** Parts of the page that lie over the emergency numbers. */
  const covered = (page: Page) =>
    page.evaluate(`(() => { const numbers = document.querySelector('.numbers').getBoundingClientRect();
      return [...document.querySelectorAll('.masthead, main, .foot')].filter((part) => {
        const { top, bottom, left, right } = part.getBoundingClientRect();
        return top < numbers.bottom - 1 && bottom > numbers.top + 1 && left < numbers.right - 1 && right > numbers.left + 1;
      }).map(({ className, id }) => className + id); })()`);
  it.each(looks)(
    'breaks no rule and runs out to no side: $name',
    async ({ name: _name, paths, ...options }) => {
      for (const path of paths) {
        const { page, close } = await chat.open(path, { ...options, raw: true });
        if (path === '/') await page.waitForSelector('.choices');
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(
          0,
        );
        expect(await page.locator('.exit').isVisible()).toBe(true);
        expect(await covered(page)).toEqual([]);
        expect([path, ...(await violations(page))]).toEqual([path]);
        await close();
      }
    },
  );

  it('does not move anything for those who want no motion', async () => {
    const { page, close } = await chat.open('/', { reducedMotion: 'reduce' });
    const moving =
      'document.getAnimations().filter(({ effect }) => effect.getComputedTiming().duration > 10).length';
    expect(await page.evaluate(moving)).toBe(0);
    expect(await page.evaluate('getComputedStyle(document.querySelector(".message")).animationName')).toBe(
      'none',
    );
    await close();
  });

  it('goes on after a sleep longer than its token lives', async () => {
    const { page, say, texts, close } = await chat.open();
    await say('avant');
    await page.locator('#resume').waitFor();
    chat.service.clock.advance(90 * MINUTES);
    await say('après');
    expect((await texts()).filter((text) => text === 'avant' || text === 'après')).toEqual([
      'avant',
      'après',
    ]);
    await page.reload();
    await page.locator('.message.caller', { hasText: 'après' }).waitFor();
    await close();
  });
});
