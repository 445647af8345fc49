import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { ConversationId } from '../../src/kernel/ids.js';
import { launchChromium } from '../support/chromium.js';
import { runningService, type TestService } from '../support/running-service.js';
import { signInAs } from '../support/sign-in-as.js';

/** One Chromium and one service for a whole file of tests of the desk. */
export interface DeskBrowser {
  service: TestService;
  /** Somebody of the staff at the desk, in a profile of their own. */
  operator(login: string, options?: { width?: number; dark?: boolean }): Promise<DeskPage>;
  /** A caller who has written that. */
  caller(...says: string[]): Promise<Caller>;
  close(): Promise<void>;
}

export interface DeskPage {
  page: Page;
  context: BrowserContext;
  /** What was wrong in the browser's console. */
  complaints: string[];
  open(id?: ConversationId): Promise<void>;
  close(): Promise<void>;
}

export interface Caller {
  id: ConversationId;
  say(text: string): Promise<void>;
  /** What the caller sees, oldest first. */
  reads(): Promise<string[]>;
}

/** The page's script has run. */
export const SCRIPTED = '#keys:not([hidden])';

const STAFF = [
  { login: 'sacha-op', pseudonym: 'Alix' },
  { login: 'lou-op', pseudonym: 'Lou' },
] as const;

export async function deskBrowser(executable: string): Promise<DeskBrowser> {
  const service = await runningService();
  // Minutes are counted by the browser's own clock.
  service.clock.set(Date.now());
  for (const { login, pseudonym } of STAFF)
    await service.service.accounts.add({
      ...{ login, pseudonym, roles: ['operator'], password: 'demonstration-2026' },
    } as never);
  const browser = await launchChromium(executable);
  return {
    service,
    operator: (login, options = {}) => operator({ browser, service }, login, options),
    caller: (...says) => caller(service, says),
    close: async () => {
      await browser.close();
      await service.remove();
    },
  };
}

async function operator(
  { browser, service }: { browser: Browser; service: TestService },
  login: string,
  { width = 1280, dark = false }: { width?: number; dark?: boolean },
): Promise<DeskPage> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    reducedMotion: 'reduce',
    colorScheme: dark ? 'dark' : 'light',
  });
  const [name = '', value = ''] = (await signInAs(service.service, login)).split('=');
  await context.addCookies([{ name, value, url: service.url }]);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const open = async (id?: ConversationId): Promise<void> => {
    await page.goto(`${service.url}/console${id === undefined ? '' : `/conversations/${id}`}`);
    await page.locator(SCRIPTED).waitFor();
  };
  await open();
  return { page, context, complaints, open, close: () => context.close() };
}

async function caller({ service }: TestService, says: readonly string[]): Promise<Caller> {
  const { conversations, takeTurn } = service;
  const { id } = await conversations.open({ channel: 'web', language: 'fr' });
  let count = 0;
  const input = async (kind: 'start' | 'text', text: string): Promise<void> => {
    count += 1;
    await takeTurn({ conversation: id, key: `k${count}`, kind, text });
  };
  await input('start', '');
  for (const text of says) await input('text', text);
  return {
    id,
    say: (text) => input('text', text),
    reads: async () => ((await conversations.transcript(id, 0, 500)) ?? []).map(({ text }) => text),
  };
}
