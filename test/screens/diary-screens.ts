import path from 'node:path';
import type { Browser } from 'playwright-core';
import { asId, type ConversationId, type StaffId } from '../../src/kernel/ids.js';
import type { TestService } from '../support/running-service.js';
import { signInAs } from '../support/sign-in-as.js';

interface State {
  name: string;
  login: string;
  path: string;
  /** On a phone and in the dark too. */
  main?: true;
}

const STATES: readonly State[] = [
  { name: 'console-week', main: true, login: 'andrea', path: '/console/agenda?site=telephone' },
  { name: 'console-own-day', main: true, login: 'psy1', path: '/console/mon-agenda' },
  { name: 'console-coverage', login: 'andrea', path: '/console/couverture' },
  { name: 'console-roster', login: 'andrea', path: '/console/planning' },
  { name: 'console-psychologist', login: 'andrea', path: '/console/psychologues/psy-telephone-1' },
  { name: 'console-import', login: 'andrea', path: '/console/import' },
];
const VIEWS = { phone: { width: 390, height: 780 }, desktop: { width: 1280, height: 900 } } as const;
const BOOKED = 9;
const SETTLES_MS = 500;

/** Pictures of the coordinator's diary and of a psychologist's day. */
export async function diaryScreens(parts: {
  browser: Browser;
  service: TestService;
  folder: string;
}): Promise<void> {
  await fill(parts.service);
  for (const state of STATES)
    for (const view of ['phone', 'desktop'] as const)
      for (const theme of ['light', 'dark'] as const)
        if (state.main === true || (view === 'desktop' && theme === 'light'))
          await picture(parts, { state, view, theme });
}

async function fill({ service }: TestService): Promise<void> {
  for (let count = 0; count < BOOKED; count += 1) {
    const [slot] = await service.booking.findSlots({ sites: [asId('telephone')], limit: 1 });
    if (slot === undefined) return;
    const held = await service.booking.hold(slot, asId<ConversationId>(`pictured-${count}`));
    if (held.kind === 'held') await service.booking.confirm(held.booking);
  }
  const shift = { kind: 'rule', role: 'psychologist', firstDate: '2026-01-01', lastDate: null };
  for (const [index, responder] of ['psy-telephone-1', 'psy-telephone-2', 'psy-telephone-1'].entries())
    await service.rosterEditor.add(asId<StaffId>('coordinator-1'), {
      ...{ ...shift, responder, weekday: index + 1, from: '08:00', to: '20:00' },
    });
}

async function picture(
  { browser, service, folder }: { browser: Browser; service: TestService; folder: string },
  { state, view, theme }: { state: State; view: keyof typeof VIEWS; theme: 'light' | 'dark' },
): Promise<void> {
  const context = await browser.newContext({
    ...{ viewport: VIEWS[view], colorScheme: theme, reducedMotion: 'reduce' },
    ...{ hasTouch: view === 'phone', isMobile: view === 'phone' },
  });
  const [name = '', value = ''] = (await signInAs(service.service, state.login)).split(/=(.*)/);
  await context.addCookies([{ name, value, url: service.url, httpOnly: true, sameSite: 'Strict' }]);
  const page = await context.newPage();
  await page.goto(`${service.url}${state.path}`);
  await page.waitForTimeout(SETTLES_MS);
  await page.screenshot({ path: path.join(folder, `${state.name}-${view}-${theme}.png`) });
  await context.close();
}
