import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { runningService, type TestService } from '../support/running-service.js';
import { signInAs } from '../support/sign-in-as.js';

/** One Chromium and one service for a whole file of tests of the console. */
export interface StaffBrowser {
  browser: Browser;
  service: TestService;
  /** A fresh profile, signed in, on the page at `path`. */
  open(login: string, path: string, options?: BrowserContextOptions): Promise<StaffPage>;
  close(): Promise<void>;
}

export interface StaffPage {
  page: Page;
  /** What was wrong in the console of the browser. */
  complaints: string[];
  /** Goes to another page of the console. */
  go(path: string): Promise<void>;
  close(): Promise<void>;
}

export async function staffBrowser(
  executable: string,
  start?: string,
  environment: Record<string, string> = {},
): Promise<StaffBrowser> {
  const service = await runningService(environment, start);
  const browser = await launchChromium(executable);
  return {
    browser,
    service,
    async open(login, path, options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        reducedMotion: 'reduce',
        ...options,
      });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      const [name = '', value = ''] = (await signInAs(service.service, login)).split(/=(.*)/);
      await context.addCookies([{ name, value, url: service.url, httpOnly: true, sameSite: 'Strict' }]);
      const go = async (to: string): Promise<void> => {
        await page.goto(`${service.url}${to}`);
      };
      await go(path);
      return { page, complaints, go, close: () => context.close() };
    },
    close: async () => {
      await browser.close();
      await service.remove();
    },
  };
}
