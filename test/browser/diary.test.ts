import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumForTests } from '../support/chromium.js';
import { violations } from './chat-browser.js';
import { type StaffBrowser, staffBrowser } from './staff-browser.js';

const chromium = chromiumForTests();
const WEEK = '/console/agenda?site=eae-strasbourg&semaine=2026-03-09';
const PAGES = [
  WEEK,
  '/console/agenda/nouvelle?site=eae-strasbourg',
  '/console/psychologues',
  '/console/psychologues/nouveau',
  '/console/psychologues/psy-telephone-1',
  '/console/absences/nouvelle?psychologue=psy-telephone-1',
  '/console/sites',
  '/console/sites/eae-strasbourg',
  '/console/couverture',
  '/console/a-revoir',
  '/console/planning',
  '/console/import',
];

describe.runIf(chromium !== undefined)('the diary in a browser', () => {
  let staff: StaffBrowser;
  beforeAll(async () => {
    staff = await staffBrowser(chromium ?? '');
  });
  afterAll(() => staff.close());

  it.each([
    { width: 1280, height: 900 },
    { width: 360, height: 740 },
  ])('breaks no rule of axe on any page $width wide, and asks nothing of anybody else', async (viewport) => {
    const { page, go, complaints, close } = await staff.open('andrea', '/console', { viewport });
    page.on('request', (request) => expect(request.url()).toContain(staff.service.url));
    for (const path of PAGES) {
      await go(path);
      if (path === WEEK) await page.waitForSelector('.fc-event');
      expect([path, await violations(page)]).toEqual([path, []]);
      const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
      expect([path, wide]).toEqual([path, false]);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  const openings = async () => (await staff.service.service.diaryEditor.read()).rules;
  const exceptionsOn = async (date: string) =>
    (await openings()).flatMap(({ id, exceptions = [] }) =>
      exceptions.filter((exception) => exception.date === date).map(({ hours }) => ({ id, hours })),
    );

  it('moves an opening by dragging it, this time only, once the form is confirmed', async () => {
    const { page, complaints, close } = await staff.open('andrea', WEEK);
    const event = page.locator('.fc-timegrid-col[data-date="2026-03-10"] .fc-event.opening').first();
    await event.scrollIntoViewIfNeeded();
    const box = await event.boundingBox();
    if (box === null) throw new Error('the opening was expected to be seen');
    const hour = (await page.locator('.fc-timegrid-slot-lane').nth(2).boundingBox())?.height ?? 0;
    const x = box.x + box.width / 2;
    await page.mouse.move(x, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(x, box.y + 20 + hour, { steps: 5 });
    await page.mouse.move(x, box.y + 20 + 2 * hour, { steps: 5 });
    await page.mouse.up();
    await page.locator('dialog[open] input[name="from"]').waitFor();
    expect(await page.inputValue('dialog input[name="from"]')).toBe('10:00');
    expect(await exceptionsOn('2026-03-10')).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.click('dialog button[value="move"]');
    await page.locator('dialog').waitFor({ state: 'hidden' });
    expect(await exceptionsOn('2026-03-10')).toMatchObject([{ hours: { from: '10:00', to: '13:00' } }]);
    await page.locator('#week-table').getByText('10 h–13 h').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('puts a dragged opening back when the form is left', async () => {
    const { page, close } = await staff.open('andrea', WEEK);
    const event = page.locator('.fc-timegrid-col[data-date="2026-03-12"] .fc-event.opening').first();
    await event.scrollIntoViewIfNeeded();
    const box = await event.boundingBox();
    if (box === null) throw new Error('the opening was expected to be seen');
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 20, box.y + 120, { steps: 8 });
    await page.mouse.up();
    await page.locator('dialog[open] input[name="from"]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'hidden' });
    expect(await exceptionsOn('2026-03-12')).toEqual([]);
    expect((await event.boundingBox())?.y).toBeCloseTo(box.y, 0);
    await close();
  });

  it('moves an opening by keyboard alone, every week from then on', async () => {
    const { page, close } = await staff.open('andrea', WEEK);
    await page.locator('.fc-timegrid-col[data-date="2026-03-13"] .fc-event.opening').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog[open] input[name="toDate"]').waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('toDate');
    await page.focus('dialog input[name="from"]');
    await page.keyboard.type('1500');
    await page.focus('dialog input[name="scope"][value="once"]');
    await page.keyboard.press('ArrowDown');
    await page.focus('dialog input[name="to"]');
    await page.keyboard.press('Enter');
    await page.locator('dialog').waitFor({ state: 'hidden' });
    expect(await openings()).toContainEqual(
      expect.objectContaining({
        firstDate: '2026-03-13',
        from: '15:00',
        recurrence: { kind: 'weekly', every: 1, weekdays: [5] },
      }),
    );
    await close();
  });

  it('works without a script, and shows both versions to the slower of two coordinators', async () => {
    const { service } = staff.service;
    const { page: first, close: closeFirst } = await staff.open('andrea', '/console/sites/section-67', {
      javaScriptEnabled: false,
    });
    const { page: second, close: closeSecond } = await staff.open('andrea', '/console/sites/section-67', {
      javaScriptEnabled: false,
    });
    await first.fill('#accessibility', 'Ascenseur');
    await first.click('.form .strong');
    await second.fill('#accessibility', 'Rampe');
    await second.click('.form .strong');
    expect(await second.textContent('h1')).toContain('Quelqu’un vient de modifier');
    expect(await second.textContent('tr.differs')).toMatch(/Ascenseur.*Rampe/);
    await second.getByRole('button', { name: 'Enregistrer ma version' }).click();
    const site = (await service.diaryEditor.read()).sites.find(({ id }) => (id as string) === 'section-67');
    expect(site?.accessibility).toBe('Rampe');
    await Promise.all([closeFirst(), closeSecond()]);
  });

  it('shows the appointments an absence falls on before it is saved', async () => {
    const { service } = staff.service;
    const [slot] = await service.booking.findSlots({
      sites: ['telephone' as never],
      psychologist: 'psy-telephone-1' as never,
      limit: 1,
    });
    if (slot === undefined) throw new Error('a free slot was expected');
    const held = await service.booking.hold(slot, 'caller' as never);
    if (held.kind !== 'held') throw new Error('the hold was expected');
    await service.booking.confirm(held.booking);
    const { page, close } = await staff.open(
      'andrea',
      '/console/absences/nouvelle?psychologue=psy-telephone-1&date=2026-03-02',
    );
    await page.click('.form .strong');
    expect(await page.textContent('.problem')).toContain('Un rendez-vous est concerné.');
    expect((await service.diaryEditor.read()).absences).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.locator('.notice').waitFor();
    expect((await service.diaryEditor.read()).absences).toHaveLength(1);
    expect((await service.planning.worklist()).map(({ booking }) => booking)).toEqual([held.booking]);
    await close();
  });

  it('shows the errors of a file line by line, and writes nothing until there are none', async () => {
    const { page, close } = await staff.open('andrea', '/console/import');
    const read = async () => (await staff.service.service.diaryEditor.read()).psychologists.length;
    const before = await read();
    await page.selectOption('#kind', 'psychologists');
    await page.fill('#text', 'id;label\npsy-a;Ariane\npsy-b;\npsy-a;Encore');
    await page.click('.form .strong');
    expect(await page.textContent('.problem')).toContain('2 erreurs');
    expect(await page.locator('tbody th').allTextContents()).toEqual(['3', '4']);
    expect(await page.getByRole('button', { name: 'Importer' }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.goBack();
    await page.selectOption('#kind', 'psychologists');
    await page.setInputFiles('#file', {
      name: 'psy.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('id,label\npsy-a,Ariane\npsy-b,Basile'),
    });
    await page.waitForFunction("document.getElementById('text').value.includes('Basile')");
    await page.click('.form .strong');
    expect(await read()).toBe(before);
    await page.getByRole('button', { name: 'Importer' }).click();
    await page.locator('.notice').waitFor();
    expect(await read()).toBe(before + 2);
    await close();
  });

  it('shows the gaps of the roster in words, and fills them', async () => {
    const { page, close } = await staff.open('andrea', '/console/planning?semaine=2026-03-09');
    expect(await page.locator('.gap:not(rect)').count()).toBeGreaterThan(0);
    await page.getByText('Toutes les semaines').click();
    await page.selectOption('#rule-responder', { label: 'Dominique' });
    await page.selectOption('#rule-weekday', '2');
    await page.fill('#rule-from', '00:00');
    await page.fill('#rule-to', '00:00');
    await page.locator('details[open] .strong').click();
    await page.locator('.notice').waitFor();
    await page.goto(`${staff.service.url}/console/planning?semaine=2026-03-09`);
    const tuesday = page.locator('tr', { has: page.getByText('mardi 10 mars 2026') });
    expect(await tuesday.textContent()).toContain('Dominique');
    expect(await tuesday.locator('li.gap').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await close();
  });

  it('shows a psychologist their own day and nothing of anybody else', async () => {
    const { service, clock } = staff.service;
    const [booked] = await service.planning.worklist();
    if (booked === undefined) throw new Error('the appointment of the absence was expected');
    clock.set(booked.start);
    const { page, go, close } = await staff.open('psy1', '/console/mon-agenda');
    expect(await page.locator('tbody tr').allTextContents()).toEqual([expect.stringContaining('séance 1')]);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'A eu lieu' }).click();
    expect(await service.stores.bookings.get(booked.booking)).toMatchObject({ attendance: 'attended' });
    await page.getByRole('button', { name: 'Créer une adresse' }).click();
    const address = (await page.textContent('code.address')) ?? '';
    expect((await fetch(address)).status).toBe(200);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Supprimer l’adresse' }).click();
    expect((await fetch(address)).status).toBe(404);
    await go('/console/agenda');
    expect(await page.textContent('body')).toContain('Votre compte n’y donne pas accès');
    await close();
  });
});
