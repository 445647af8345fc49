import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumForTests, launchChromium } from '../support/chromium.js';
import { runningService, type TestService } from '../support/running-service.js';
import { violations } from './chat-browser.js';

const executable = chromiumForTests();
const WAIT = { timeout: 30_000 };

/** Nobody listens there: the page's network takes it while somebody calls. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe.runIf(executable !== undefined)('the page with three telephones', () => {
  let network: string;
  let service: TestService;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    network = `http://127.0.0.1:${await freePort()}`;
    service = await runningService({ DEMO: '1', TWILIO_API_BASE_URL: network });
    browser = await launchChromium(executable ?? '');
    page = await browser.newPage({ reducedMotion: 'reduce' });
    complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${service.url}/telephone`);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.remove();
  });

  const phone = (name: string) => page.locator(`[data-phone="${name}"]`);
  const press = (name: string, words: string) =>
    phone(name).getByRole('button', { name: words, exact: true }).click(WAIT);
  const hears = (name: string, text: string) =>
    phone(name).locator('.heard p').filter({ hasText: text }).first().waitFor(WAIT);
  const shows = (name: string, state: string) =>
    page.locator(`[data-phone="${name}"][data-state="${state}"]`).waitFor(WAIT);

  it('calls the service, rings a psychologist, and puts the two together once they press 1', async () => {
    await shows('caller', 'idle');
    await press('caller', 'Appeler');
    await hears('caller', 'numéro unique');
    await page.fill('#said', 'je voudrais parler à un psychologue maintenant');
    await press('caller', 'Dire');
    await shows('psychologist', 'ringing');
    expect(await violations(page)).toEqual([]);
    await press('psychologist', 'Décrocher');
    await hears('psychologist', 'Tapez 1 pour accepter');
    await press('psychologist', '1');
    await shows('psychologist', 'talking');
    await shows('caller', 'talking');
    expect(await violations(page)).toEqual([]);
    await press('psychologist', 'Raccrocher');
    await hears('caller', 'L’échange est terminé');
    await press('caller', 'Raccrocher');
    for (const name of ['caller', 'psychologist', 'operator']) await shows(name, 'idle');
  }, 120_000);

  it('says what the keys say: 0 rings the operator, who may refuse', async () => {
    await press('caller', 'Appeler');
    await press('caller', '0');
    await shows('operator', 'ringing');
    await press('operator', 'Raccrocher');
    await hears('caller', 'Aucun opérateur ne peut répondre');
    await press('caller', 'Raccrocher');
    await shows('caller', 'idle');
  }, 120_000);

  it('has nothing wrong for axe, no inline script, and no complaint of the browser', async () => {
    expect(await violations(page)).toEqual([]);
    const policy = (await fetch(`${service.url}/telephone`)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(complaints).toEqual([]);
  });

  it('does nothing for another site, and is not there outside the demonstration', async () => {
    const dial = await fetch(`${service.url}/telephone/dial`, { method: 'POST' });
    expect(dial.status).toBe(403);
    const other = await runningService({ TWILIO_API_BASE_URL: network });
    expect((await fetch(`${other.url}/telephone`)).status).toBe(404);
    await other.remove();
  });
});
