import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { asId, type StaffId } from '../../src/kernel/ids.js';
import { chromiumPath, launchChromium } from '../support/chromium.js';
import { runningService, type TestService } from '../support/running-service.js';
import { deskPictures } from './desk-screens.js';
import { diaryScreens } from './diary-screens.js';

/** Pictures of the chat's main states, for people who want to see it before they run it. */
const FOLDER = path.resolve('docs/screens');
const VIEWS = {
  phone: { width: 390, height: 780 },
  desktop: { width: 1280, height: 800 },
} as const;
const THEMES = ['light', 'dark'] as const;
const SETTLES_MS = 500;
/** One state by its name; the other pictures stay as they are. */
const only = process.argv[2];
const LOCAL_NETWORK = 'http://127.0.0.1:39794';

type View = keyof typeof VIEWS;
type Theme = (typeof THEMES)[number];

interface State {
  name: string;
  path: string;
  says: readonly string[];
  /** In every width and theme. */
  main?: true;
  /** Of the device. */
  zone?: string;
  act?: (page: Page) => Promise<void>;
}

const BOOKING = [
  'je voudrais prendre rendez-vous avec un psychologue',
  'Prendre rendez-vous',
  'Par téléphone',
  '1',
  'Oui',
];
const STATES: readonly State[] = [
  { name: 'welcome', main: true, path: '/', says: [] },
  { name: 'danger', main: true, path: '/', says: ['je veux mourir'] },
  { name: 'appointment', main: true, path: '/', says: BOOKING },
  {
    name: 'services',
    path: '/',
    says: ['j’ai des dettes et je risque de perdre mon logement', 'Strasbourg'],
  },
  { name: 'waiting', path: '/', says: ['Parler à quelqu’un'] },
  { name: 'erase', path: '/', says: ['bonjour'], act: (page) => page.click('#erase') },
  { name: 'resume', path: '/', says: ['bonjour'], act: (page) => page.click('#resume') },
  { name: 'far-away', path: '/', zone: 'Pacific/Noumea', says: [] },
  {
    name: 'offline',
    path: '/',
    says: ['bonjour'],
    act: async (page) => {
      await page.context().setOffline(true);
      await page.keyboard.press('F5');
    },
  },
  { name: 'manage', main: true, path: '/rendez-vous', says: [] },
  { name: 'privacy', path: '/confidentialite', says: [] },
  { name: 'accessibility', path: '/accessibilite', says: [] },
  { name: 'telephones', main: true, path: '/telephone', says: [], act: ring },
];

async function main(): Promise<void> {
  const executable = chromiumPath();
  if (executable === undefined) {
    process.stdout.write('No screens: set CHROMIUM_PATH, or put chromium on the PATH.\n');
    return;
  }
  if (only === undefined) rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const service = await runningService({ DEMO: '1', TWILIO_API_BASE_URL: LOCAL_NETWORK });
  await service.service.presences.beat({ id: asId<StaffId>('operator-1'), pseudonym: 'Camille' });
  const browser = await launchChromium(executable);
  try {
    for (const view of Object.keys(VIEWS) as View[])
      for (const theme of THEMES)
        for (const state of STATES.filter((known) => isWanted(known, view, theme)))
          await picture({ browser, service, state, view, theme });
    await deskPictures(executable, FOLDER);
    await diaryScreens({ browser, service, folder: FOLDER });
  } finally {
    await browser.close();
    await service.remove();
  }
}

/** Every state on a phone by day; the main ones elsewhere. */
function isWanted({ main, name }: State, view: View, theme: Theme): boolean {
  if (only !== undefined && only !== name) return false;
  return main === true || (view === 'phone' && theme === 'light');
}

async function picture(parts: {
  browser: Browser;
  service: TestService;
  state: State;
  view: View;
  theme: Theme;
}): Promise<void> {
  const { browser, service, state, view, theme } = parts;
  const context = await browser.newContext({
    viewport: VIEWS[view],
    colorScheme: theme,
    ...(state.zone === undefined ? {} : { timezoneId: state.zone }),
    reducedMotion: 'reduce',
    hasTouch: view === 'phone',
    isMobile: view === 'phone',
  });
  const page = await context.newPage();
  await page.goto(`${service.url}${state.path}`);
  if ((await page.locator('#log').count()) > 0) await page.waitForSelector('.choices, .caller');
  for (const text of state.says) await say(page, text);
  await page.waitForTimeout(SETTLES_MS);
  await state.act?.(page);
  await page.screenshot({ path: path.join(FOLDER, `${state.name}-${view}-${theme}.png`) });
  await hangUp(page);
  await context.close();
}

/** The next picture finds the phones on the hook. */
async function hangUp(page: Page): Promise<void> {
  if ((await page.locator('[data-phone]').count()) === 0) return;
  await page.click('[data-phone="caller"] [data-act="hang-up"]');
  await page.locator('[data-phone="caller"][data-state="idle"]').waitFor();
  await page.locator('[data-phone="psychologist"][data-state="idle"]').waitFor();
}

/** A caller asks for a psychologist, whose phone rings. */
async function ring(page: Page): Promise<void> {
  await page.click('[data-act="dial"]');
  await page.locator('[data-phone="caller"] .heard p').first().waitFor();
  await page.fill('#said', 'je voudrais parler à un psychologue maintenant');
  await page.click('.speech button');
  await page.locator('[data-phone="psychologist"][data-state="ringing"]').waitFor();
  await page.waitForTimeout(SETTLES_MS);
}

async function say(page: Page, text: string): Promise<void> {
  const before = await page.locator('.message').count();
  await page.fill('#message', text);
  await page.click('#send');
  await page
    .locator('.message')
    .nth(before + 1)
    .waitFor();
  await page.waitForTimeout(SETTLES_MS / 2);
}

await main();
