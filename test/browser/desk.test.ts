import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumForTests } from '../support/chromium.js';
import { violations } from './chat-browser.js';
import { type DeskBrowser, type DeskPage, deskBrowser, SCRIPTED } from './desk-browser.js';

/** Machines are busy: how long is waited says nothing about how long it takes. */
const SOON = { timeout: 15_000 };
const HUMAN = 'une personne s’il vous plaît';

const executable = chromiumForTests();

describe.runIf(executable !== undefined)('the desk in a browser', () => {
  let desk: DeskBrowser;
  const opened: DeskPage[] = [];
  const operator: DeskBrowser['operator'] = async (login, options) => {
    const page = await desk.operator(login, options);
    opened.push(page);
    return page;
  };
  beforeAll(async () => {
    desk = await deskBrowser(executable ?? '');
  });
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.close();
  });
  afterAll(() => desk.close());

  it('shows a conversation as soon as somebody waits, danger first, and says so in the title', async () => {
    const { page, complaints } = await operator('camille');
    const waits = await desk.caller(HUMAN);
    const row = page.locator(`#row-${waits.id}`);
    await row.waitFor(SOON);
    expect(await row.textContent()).toContain('Attend');
    const danger = await desk.caller('je veux mourir');
    await page.locator(`#row-${danger.id}`).waitFor(SOON);
    expect(await page.locator('#rows .row').first().getAttribute('id')).toBe(`row-${danger.id}`);
    await expect.poll(() => page.title(), SOON).toMatch(/^⚠ 1/);
    expect(await violations(page)).toEqual([]);
    await page.locator(`#row-${danger.id} a`).click();
    await page.locator('#vital').getByRole('button', { name: 'Prendre en charge l’alerte' }).click();
    await page.locator('#reply-form').waitFor(SOON);
    await expect.poll(() => page.title(), SOON).not.toMatch(/^⚠/);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('gives one of two operators who claim at once the conversation, and tells the other by whom it was taken', async () => {
    const talk = await desk.caller(HUMAN);
    const [first, second] = [await operator('camille'), await operator('sacha-op')];
    await Promise.all([first.open(talk.id), second.open(talk.id)]);
    const claim = ({ page }: DeskPage) => page.locator('#panel button[data-key="p"]').click();
    await Promise.all([claim(first), claim(second)]);
    const owners = await Promise.all(
      [first, second].map(async ({ page }) => {
        await page.locator('#reply-form, #panel :text("Suivie par")').first().waitFor(SOON);
        return page.locator('#reply-form').count();
      }),
    );
    expect([...owners].sort()).toEqual([0, 1]);
    const loser = owners[0] === 0 ? first : second;
    const winner = owners[0] === 0 ? 'Alix' : 'Camille';
    await loser.page.locator('#panel', { hasText: `Suivie par ${winner}` }).waitFor(SOON);
    expect((await talk.reads()).filter((text) => text.includes('Vous parlez maintenant avec'))).toHaveLength(
      1,
    );
  });

  it('keeps the bot quiet after a take-over in the middle of its turn', async () => {
    const talk = await desk.caller('bonjour');
    const { page, open } = await operator('camille');
    await open(talk.id);
    const said = talk.say('je voudrais un rendez-vous avec un psychologue');
    await page.locator('#panel button[data-key="p"]').click();
    await said;
    await page.locator('#reply-form').waitFor(SOON);
    await talk.say('vous êtes là ?');
    const read = await talk.reads();
    const taken = read.findIndex((text) => text.includes('Vous parlez maintenant avec Camille'));
    const { messages } = (await desk.service.service.desk.transcript(talk.id)) ?? { messages: [] };
    expect(messages.slice(taken + 1).filter(({ from }) => from === 'bot')).toEqual([]);
    await page.locator('#log', { hasText: 'vous êtes là ?' }).waitFor(SOON);
  });

  it('answers, keeps a note, hands back for an appointment; the bot goes on, and the caller knows', async () => {
    const talk = await desk.caller(HUMAN);
    const { page, open } = await operator('camille');
    await open(talk.id);
    await page.keyboard.press('p');
    await page.locator('#reply-form').waitFor(SOON);
    await page.locator(SCRIPTED).waitFor(SOON);
    await page.keyboard.press('r');
    await page.keyboard.type('Bonjour, je vous lis p j k ?');
    await page.keyboard.press('Enter');
    await page.locator('#log .operator', { hasText: 'je vous lis p j k ?' }).waitFor(SOON);
    await expect.poll(() => page.inputValue('#text'), SOON).toBe('');
    await page.locator('#canned summary').click();
    await page.locator('#canned a', { hasText: 'Prendre congé' }).click();
    expect(await page.inputValue('#text')).toContain('Merci de votre confiance');
    await page.fill('#text', '');
    await page.fill('#note', 'Rappel pour Madame Vasseur');
    await page.getByRole('button', { name: 'Garder la note' }).click();
    await page.locator('#log .note', { hasText: 'Madame [nom]' }).waitFor(SOON);
    expect((await talk.reads()).join(' ')).not.toContain('Rappel pour');
    expect(await violations(page)).toEqual([]);
    await page.selectOption('#next', 'appointment');
    await page.getByRole('button', { name: 'Rendre à l’assistant' }).click();
    await page.locator('#log .marker', { hasText: 'assistant automatique' }).waitFor(SOON);
    await expect
      .poll(async () => (await talk.reads()).at(-1) ?? '', SOON)
      .toMatch(/en personne|téléphone|sur place/i);
  });

  it('passes a conversation to a colleague who accepts, and says who answers now', async () => {
    const talk = await desk.caller(HUMAN);
    const alix = await operator('sacha-op');
    const camille = await operator('camille');
    await camille.open(talk.id);
    await camille.page.locator('#panel button[data-key="p"]').click();
    await camille.page.locator('#to option', { hasText: 'Alix' }).waitFor({ ...SOON, state: 'attached' });
    await camille.page.selectOption('#to', { label: 'Alix' });
    await camille.page.getByRole('button', { name: 'Proposer' }).click();
    await camille.page.locator('#panel', { hasText: 'Proposée à Alix' }).waitFor(SOON);
    await alix.open(talk.id);
    await alix.page.getByRole('button', { name: 'Accepter' }).click();
    await alix.page.locator('#reply-form').waitFor(SOON);
    await camille.page.locator('#panel', { hasText: 'Suivie par Alix' }).waitFor(SOON);
    expect((await talk.reads()).at(-1)).toContain('Alix');
  });

  it('shows who reads a conversation beside it, and nobody once they have gone elsewhere', async () => {
    const talk = await desk.caller(HUMAN);
    const [camille, lou] = [await operator('camille'), await operator('lou-op')];
    await lou.open(talk.id);
    const viewers = camille.page.locator(`#row-${talk.id} .viewers`);
    await expect.poll(() => viewers.textContent(), SOON).toContain('Lou');
    await lou.open();
    await expect.poll(() => viewers.textContent(), SOON).toBe('');
  });

  it('reveals what may bring help once, to the owner of the alert', async () => {
    const talk = await desk.caller('je veux mourir', 'chez moi, 12 rue des Lilas à Strasbourg');
    const { page, open } = await operator('camille');
    await open(talk.id);
    expect(await page.locator('#talk').textContent()).not.toContain('Lilas');
    await page.locator('#vital button[data-key="p"]').click();
    await page.getByRole('button', { name: 'Voir adresse' }).click();
    await page.locator('.revealed', { hasText: '12 rue des Lilas' }).waitFor(SOON);
    expect(await violations(page)).toEqual([]);
    await open(talk.id);
    expect(await page.content()).not.toContain('Lilas');
    await page.selectOption('#vital select', 'safe-now');
    await page.getByRole('button', { name: 'Clore l’alerte' }).click();
    await page.locator('.close-form').waitFor(SOON);
  });

  it('goes by keyboard: a cheat-sheet, the list, and nothing that fires while one writes', async () => {
    await desk.caller(HUMAN);
    const { page } = await operator('camille');
    await page.keyboard.press('?');
    await page.locator('#cheat-sheet[open]').waitFor(SOON);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    const focused = () =>
      page.evaluate('document.activeElement.closest(".row")?.id ?? document.activeElement.id');
    const first = await focused();
    expect(first).toMatch(/^row-/);
    await page.keyboard.press('j');
    const second = await focused();
    await page.keyboard.press('k');
    expect([second === first, await focused()]).toEqual([false, first]);
    await page.keyboard.press('Enter');
    await page.locator('#log').waitFor(SOON);
    await page.focus('#note, #panel button >> nth=0');
    await page.fill('#note', '');
    await page.focus('#note');
    await page.keyboard.type('p?kc');
    expect(await page.inputValue('#note')).toBe('p?kc');
    expect(await page.locator('#cheat-sheet[open]').count()).toBe(0);
  });

  it('is brought up to date after the connection was lost', async () => {
    const { page, context } = await operator('camille');
    await context.setOffline(true);
    const missed = await desk.caller(HUMAN);
    await page.waitForTimeout(500);
    await context.setOffline(false);
    await page.locator(`#row-${missed.id}`).waitFor({ timeout: 30_000 });
  });

  it.each([
    ['phone', 360, true],
    ['phone', 360, false],
    ['tablet', 800, false],
  ])('fits a %s %i wide, dark %s', async (_name, width, dark) => {
    const talk = await desk.caller('je veux mourir');
    const { page, open } = await operator('camille', { width, dark });
    for (const id of [undefined, talk.id]) {
      await open(id);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(await violations(page)).toEqual([]);
    }
  });

  it('works without a script', async () => {
    const talk = await desk.caller(HUMAN);
    const camille = await operator('camille');
    const context = await camille.context.browser()?.newContext({ javaScriptEnabled: false });
    if (context === undefined) throw new Error('no browser');
    await context.addCookies(await camille.context.cookies());
    const page = await context.newPage();
    await page.goto(`${desk.service.url}/console/conversations/${talk.id}`);
    await page.locator('#panel button[data-key="p"]').click();
    await page.fill('#text', 'Bonjour sans script');
    const beat = page.waitForResponse((response) => response.url().endsWith('/console/desk/beat'), SOON);
    expect((await beat).status()).toBe(200);
    expect(await page.inputValue('#text')).toBe('Bonjour sans script');
    await page.locator('#reply-form button.strong').click();
    await page.locator('#log .operator', { hasText: 'Bonjour sans script' }).waitFor(SOON);
    await page.selectOption('#outcome', 'listened');
    await page.selectOption('#orientation', 'none');
    await page.getByRole('button', { name: 'Terminer' }).click();
    await page.locator('.notice', { hasText: 'C’est fait' }).waitFor(SOON);
    expect((await talk.reads()).at(-1)).toContain('terminée');
    await context.close();
  });
});
