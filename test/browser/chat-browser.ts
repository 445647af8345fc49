import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, BrowserContextOptions, Page, Request } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { runningService, type TestService } from '../support/running-service.js';

export const EXIT = 'http://127.0.0.1:9/meteo';
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** One Chromium and one service for a whole file of tests. */
export interface ChatBrowser {
  browser: Browser;
  service: TestService;
  /** A fresh profile on the page at `path`, the conversation open. */
  open(path?: string, options?: OpenOptions): Promise<ChatPage>;
  close(): Promise<void>;
}

interface OpenOptions extends BrowserContextOptions {
  /** Before the page is loaded. */
  prepare?: (page: Page, context: BrowserContext) => Promise<unknown>;
  /** Does not wait for the welcome. */
  raw?: boolean;
}

export interface ChatPage {
  page: Page;
  context: BrowserContext;
  /** Addresses asked for, with what was wrong in the console. */
  requests: Request[];
  complaints: string[];
  say(text: string): Promise<void>;
  /** All that stands in the conversation. */
  texts(): Promise<string[]>;
  until(text: string): Promise<void>;
  close(): Promise<void>;
}

export async function chatBrowser(
  executable: string,
  environment: Record<string, string> = {},
): Promise<ChatBrowser> {
  const service = await runningService({ EXIT_URL: EXIT, ...environment });
  const browser = await launchChromium(executable);
  return {
    browser,
    service,
    open: (path = '/', options = {}) => open({ browser, service }, path, options),
    close: async () => {
      await browser.close();
      await service.remove();
    },
  };
}

async function open(
  { browser, service }: { browser: Browser; service: TestService },
  path: string,
  { prepare, raw, ...options }: OpenOptions,
): Promise<ChatPage> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 780 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const requests: Request[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await prepare?.(page, context);
  await page.goto(`${service.url}${path}`);
  if (raw !== true) await page.waitForSelector('.message');
  const until = async (text: string): Promise<void> => {
    await page.locator('#log .message, #log .card').filter({ hasText: text }).first().waitFor();
  };
  return {
    page,
    context,
    requests,
    complaints,
    until,
    texts: () => page.locator('#log .text').allTextContents(),
    async say(text) {
      const before = await page.locator('.message.bot, .message.system').count();
      await page.fill('#message', text);
      await page.click('#send');
      // Not by its words: what looks like a number comes back masked.
      await page.locator('.message.bot, .message.system').nth(before).waitFor();
    },
    close: () => context.close(),
  };
}

/** Rules of axe-core that the page breaks now, with the elements; empty when there are none. */
export async function violations(page: Page): Promise<string[]> {
  // A string runs past the page's own policy, which lets no script in.
  if (!(await page.evaluate('"axe" in window'))) {
    await page.evaluate(readFileSync(AXE, 'utf8'));
  }
  return (await page.evaluate(`axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`)) as string[];
}

/** What a profile keeps of the site. */
export const kept = (page: Page): Promise<{ session: string[]; local: number; cookie: string }> =>
  page.evaluate(
    `({ session: Object.values(sessionStorage), local: localStorage.length, cookie: document.cookie })`,
  );
