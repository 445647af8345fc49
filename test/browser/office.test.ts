import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumForTests } from '../support/chromium.js';
import { violations } from './chat-browser.js';
import { type StaffBrowser, staffBrowser } from './staff-browser.js';

const chromium = chromiumForTests();
const HOURS = '/console/horaires/entree?service=operators&territory=national';
const PAGES = ['/console/horaires', HOURS, '/console/rappels', '/console/attente'];

describe.runIf(chromium !== undefined)('the pages about the service in a browser', () => {
  let staff: StaffBrowser;
  beforeAll(async () => {
    staff = await staffBrowser(chromium ?? '');
  });
  afterAll(() => staff.close());

  const hoursOf = async (service: string) =>
    (await staff.service.service.hoursEditor.list()).find((entry) => entry.service === service);

  it('writes the hours of the operators as people write them, and a closure', async () => {
    const { page, go, close } = await staff.open('andrea', HOURS);
    await page.check('input[name="mode"][value="week"]');
    await page.fill('#monday', '9h-12h30 et 14h à 18h');
    await page.fill('#tuesday', '9 heures');
    await page.click('.form .strong');
    expect(await page.textContent('.problem')).toContain('champ');
    expect(await page.getAttribute('#tuesday', 'aria-invalid')).toBe('true');
    expect(await violations(page)).toEqual([]);
    await page.fill('#tuesday', '');
    await page.click('.form .strong');
    await page.locator('.notice').waitFor();
    await page.fill('#exception-from', '2026-12-24');
    await page.fill('#exception-to', '2026-12-25');
    await page.getByRole('button', { name: 'Ajouter' }).click();
    expect((await hoursOf('operators'))?.hours).toMatchObject({
      weekly: { monday: ['09:00-12:30', '14:00-18:00'], tuesday: [] },
      exceptions: [{ from: '2026-12-24', to: '2026-12-25', hours: [] }],
    });
    await page.getByRole('button', { name: 'Revenir à cette version (1)' }).click();
    expect(await hoursOf('operators')).toMatchObject({ version: 3, hours: { exceptions: [] } });
    const { entries } = await staff.service.service.audit.list({ limit: 10, act: 'opening-hours-changed' });
    expect(entries.map(({ on }) => on)).toEqual(Array(3).fill('operators:national'));
    await go('/console/horaires');
    expect(await page.textContent('tbody')).toContain('lundi : 9 h–12 h 30, 14 h–18 h');
    await close();
  });

  it('shows both versions to the slower of two who edit the same hours', async () => {
    const address = '/console/horaires/entree?service=callbacks&territory=67';
    const first = await staff.open('andrea', address, { javaScriptEnabled: false });
    const second = await staff.open('andrea', address, { javaScriptEnabled: false });
    await first.page.fill('#friday', '9h-12h');
    await first.page.click('.form .strong');
    await second.page.fill('#friday', '10h-12h');
    await second.page.click('.form .strong');
    expect(await second.page.textContent('tr.differs')).toMatch(/9 h–12 h.*10 h–12 h/);
    await second.page.getByRole('button', { name: 'Enregistrer ma version' }).click();
    const saved = (await staff.service.service.hoursEditor.list()).find(
      ({ territory }) => territory === '67',
    );
    expect(saved?.hours).toMatchObject({ weekly: { friday: ['10:00-12:00'] } });
    await Promise.all([first.close(), second.close()]);
  });

  it('shows who calls whom back and never a number; the slower of two is told by whom it was taken', async () => {
    const { service, clock } = staff.service;
    const { id: conversation } = await service.conversations.open({ channel: 'web', language: 'fr' });
    const now = clock.now();
    for (const [number, from] of [
      ['0639980001', now],
      ['0639980002', now + 3_600_000],
    ] as const)
      await service.callbacks.ask({
        ...{ conversation, number, language: 'fr', mayLeaveMessage: false },
        window: { from, to: from + 7_200_000 },
      });
    const { page: first, close: closeFirst } = await staff.open('andrea', '/console/rappels');
    const { page: second, close: closeSecond } = await staff.open('camille', '/console/rappels');
    await first.getByRole('button', { name: 'Prendre' }).first().click();
    await second.getByRole('button', { name: 'Prendre' }).first().click();
    expect(await second.textContent('.notice')).toBe('Déjà pris par Andréa.');
    expect(await second.content()).not.toMatch(/639980|39 98/);
    expect(await second.locator('tbody tr').first().getByRole('button').count()).toBe(0);
    expect(await violations(second)).toEqual([]);
    await second.getByRole('button', { name: 'Prendre' }).click();
    expect(await second.getByRole('button', { name: 'Appeler' }).count()).toBe(0);
    await first.getByRole('button', { name: 'Personne jointe' }).click();
    expect(await service.callbacks.list()).toHaveLength(1);
    const { entries } = await service.audit.list({ limit: 10, act: 'callback-changed' });
    expect(entries).toHaveLength(3);
    await Promise.all([closeFirst(), closeSecond()]);
  });

  it('shows the waiting list in its order, with nothing that leads to a caller', async () => {
    const { service } = staff.service;
    const { id: chat } = await service.conversations.open({ channel: 'web', language: 'fr' });
    const joined = await service.waiting.join({
      ...{ sites: ['eae-strasbourg' as never], mode: 'face_to_face', language: 'fr', reach: { chat } },
      wish: { weekdays: [2, 4], from: '14:00' },
    });
    const { page, close } = await staff.open('andrea', '/console/attente');
    expect(await page.textContent('tbody')).toMatch(/mardi, jeudi ; après 14 h/);
    const shown = await page.content();
    expect(shown).not.toContain(chat);
    if (joined.kind === 'joined') expect(shown).not.toContain(joined.code);
    await close();
  });

  it('breaks no rule of axe on any page, wide or narrow, and asks nothing of anybody else', async () => {
    for (const viewport of [
      { width: 1280, height: 900 },
      { width: 360, height: 740 },
    ]) {
      const { page, go, complaints, close } = await staff.open('andrea', '/console', { viewport });
      page.on('request', (request) => expect(request.url()).toContain(staff.service.url));
      for (const path of PAGES) {
        await go(path);
        expect([path, await violations(page)]).toEqual([path, []]);
        const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
        expect([path, wide]).toEqual([path, false]);
        const folder = process.env.OFFICE_PICTURES;
        if (folder)
          await page.screenshot({
            path: `${folder}/${path.replace(/\W+/g, '-')}-${viewport.width}.png`,
            fullPage: true,
          });
      }
      expect(complaints).toEqual([]);
      await close();
    }
  });
});
