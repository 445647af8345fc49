import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeFor } from '../../src/accounts/second-factor.js';
import { DEMONSTRATION_PASSWORD, DEMONSTRATION_SECRET } from '../../src/operations/demonstration.js';
import { chromiumForTests } from '../support/chromium.js';
import { type Identities, startIdentities } from '../support/identities.js';
import { violations } from './chat-browser.js';
import { type StaffBrowser, staffBrowser } from './staff-browser.js';

const chromium = chromiumForTests();
const PASSWORD = 'girafes-dormeuses';
const ADMIN_PAGES = [
  '/console/compte',
  '/console/comptes',
  '/console/comptes/operator-1',
  '/console/journal',
  '/console/donnees',
];
const WIDTHS = [
  { width: 1280, height: 900 },
  { width: 360, height: 740 },
];
/** A folder to keep pictures of each page in. */
const SCREENS = process.env.SCREENS_DIR;

async function look(page: Page, name: string): Promise<void> {
  expect([name, await violations(page)]).toEqual([name, []]);
  const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  expect([name, wide]).toEqual([name, false]);
  if (SCREENS === undefined) return;
  mkdirSync(SCREENS, { recursive: true });
  const width = page.viewportSize()?.width === 360 ? 'phone' : 'desktop';
  await page.screenshot({ path: path.join(SCREENS, `${name}-${width}-light.png`), fullPage: true });
}

describe.runIf(chromium !== undefined)('staff sign in, in a browser', () => {
  let identities: Identities;
  let staff: StaffBrowser;
  beforeAll(async () => {
    identities = await startIdentities();
    staff = await staffBrowser(chromium ?? '', undefined, { DEMO: '1', ...identities.environment });
    identities.serve(staff.service.url);
  });
  afterAll(async () => {
    await staff.close();
    await identities.close();
  });

  const newPage = async (viewport = WIDTHS[0]) => {
    const context = await staff.browser.newContext(viewport === undefined ? {} : { viewport });
    return { page: await context.newPage(), close: () => context.close() };
  };
  const give = async (page: Page, login: string, password: string): Promise<void> => {
    await page.goto(`${staff.service.url}/console/sign-in`);
    await page.fill('#login', login);
    await page.fill('#password', password);
    await page.press('#password', 'Enter');
  };

  it('enrols an authenticator by keyboard, keeps the recovery codes, and signs in with the next code', async () => {
    const { accounts } = staff.service.service;
    await accounts.add({ login: 'nour', pseudonym: 'Nour', roles: ['operator'], password: PASSWORD });
    const { page, close } = await newPage(WIDTHS[1]);
    await page.goto(`${staff.service.url}/console/sign-in`);
    await look(page, 'sign-in');
    await give(page, 'nour', PASSWORD);
    await page.waitForURL('**/sign-in/enrolment');
    await look(page, 'enrolment');
    const secret = ((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '');
    await page.fill('#code', codeFor(secret, staff.service.clock.now()));
    await page.press('#code', 'Enter');
    await page.waitForSelector('.recovery-codes');
    await look(page, 'recovery-codes');
    expect(await page.locator('.recovery-codes li').count()).toBe(10);
    await page.click('text=Je les ai notés');
    await page.waitForURL('**/console');
    staff.service.clock.advance(30_000);
    await give(page, 'nour', PASSWORD);
    await page.waitForURL('**/sign-in/code');
    await page.fill('#code', codeFor(secret, staff.service.clock.now()));
    await page.press('#code', 'Enter');
    await page.waitForURL('**/console');
    await close();
  });

  it('shows the code in the demonstration, refuses a wrong one in words, and opens the console', async () => {
    const { page, close } = await newPage();
    await give(page, 'camille', DEMONSTRATION_PASSWORD);
    await page.fill('#code', '000000');
    await page.press('#code', 'Enter');
    expect(await page.locator('.fault').textContent()).toContain('ne convient pas');
    await look(page, 'second-step');
    const shown = (await page.locator('[data-demonstration-code]').textContent()) ?? '';
    expect(shown).toBe(codeFor(DEMONSTRATION_SECRET, staff.service.clock.now()));
    await page.fill('#code', shown);
    await page.press('#code', 'Enter');
    await page.waitForURL('**/console');
    await close();
  });

  it('signs in by the organisation’s provider and arrives on the desk', async () => {
    identities.roles.set('ines', ['numero-operateur']);
    const { page, close } = await newPage();
    await page.goto(`${staff.service.url}/console/sign-in`);
    await page.click('text=compte de l’organisation');
    await page.fill('[name=login]', 'ines');
    await page.fill('[name=password]', 'any');
    await page.click('button[type=submit]');
    await page.click('button[type=submit]');
    await page.waitForURL(`${staff.service.url}/console`);
    expect(await page.locator('header').textContent()).toContain('Prénom ines');
    await close();
  });

  it('breaks no rule of axe on the pages of accounts, wide or narrow', async () => {
    for (const viewport of WIDTHS) {
      const { page, go, complaints, close } = await staff.open('morgan', '/console/compte', { viewport });
      for (const address of ADMIN_PAGES) {
        await go(address);
        await look(page, address.replace('/console/', '').replace('/', '-'));
      }
      expect(complaints).toEqual([]);
      await close();
    }
  });
});
