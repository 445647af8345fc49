import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { compose } from '../../src/compose.js';
import { readConfig } from '../../src/config.js';
import { systemClock } from '../../src/kernel/clock.js';
import { createLogger } from '../../src/kernel/log.js';
import { systemRandom } from '../../src/kernel/random.js';
import { openStore } from '../../src/storage/open-store.js';
import { chromiumPath, launchChromium } from '../support/chromium.js';
import { startProcess } from '../support/service-process.js';
import { signInAs } from '../support/sign-in-as.js';
import { call, percentile } from './chat-load.js';
import { machine, print } from './measure.js';

/**
 * `npm run bench:desk`: a desk of 50 operators on one process with 2,000 live conversations. From the moment a
 * caller's page sends a message (its turn included) to the row on each operator's page, and the list page itself.
 */
const SECRET = 'secret-for-this-bench-only';
const OPERATORS = Number(process.env.BENCH_OPERATORS ?? 50);
const CONVERSATIONS = Number(process.env.BENCH_CONVERSATIONS ?? 2_000);
const WAITING = 300;
const IN_DANGER = 10;
const MESSAGES = 200;
const MESSAGES_PER_SECOND = 10;
const LIST_PAGES = 60;
const AT_ONCE = 20;
const ARRIVES_WITHIN_MS = 3_000;

interface Chat {
  conversationId: string;
  token: string;
}
interface Arrival {
  id: string;
  at: number;
}
interface Desk {
  url: string;
  cookie: string;
  csrf: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 128 });
const ms = (values: readonly number[]): string =>
  `p50 ${percentile(values, 0.5).toFixed(0)} ms, p95 ${percentile(values, 0.95).toFixed(0)} ms, worst ${Math.max(...values).toFixed(0)} ms`;

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
  const environment = { DATA_DIR: folder, PORT: '0', DIRECT_LINE_SECRET: SECRET };
  const service = await startProcess(environment);
  print(machine());
  try {
    const cookies = await operators(environment);
    const chats = await openChats(service.url);
    await listPages(service.url, cookies);
    await changes(service.url, cookies, chats);
    print(machine());
  } finally {
    await service.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Accounts and sessions, made beside the service in its own store. */
async function operators(environment: Record<string, string>): Promise<string[]> {
  const config = readConfig(environment, systemRandom);
  const stores = await openStore({ mongoUri: undefined, dataDir: config.dataDir, serving: false });
  const parts = { config, stores, clock: systemClock, random: systemRandom, log: createLogger('silent') };
  const service = await compose({ ...parts, publicUrl: () => 'http://127.0.0.1' });
  const cookies: string[] = [];
  for (let index = 0; index < OPERATORS; index += 1) {
    const login = `operator${index}`;
    const account = {
      login,
      pseudonym: `Prénom ${index}`,
      roles: ['operator'],
      password: 'long enough for a bench',
    };
    await service.accounts.add(account as never);
    cookies.push(await signInAs(service, login));
  }
  await stores.close();
  return cookies;
}

async function openChats(url: string): Promise<Chat[]> {
  const chats: Chat[] = [];
  for (let index = 0; index < CONVERSATIONS; index += AT_ONCE)
    chats.push(
      ...(await Promise.all(Array.from({ length: AT_ONCE }, (_, one) => openChat(url, index + one)))),
    );
  print(`${chats.length} live conversations: ${IN_DANGER} in danger, ${WAITING} waiting for a person`);
  return chats;
}

async function openChat(url: string, index: number): Promise<Chat> {
  const chat = await call<Chat>(`${url}/v3/directline/conversations`, SECRET);
  if (index < IN_DANGER) await say(url, chat, 'je veux mourir', 'open');
  else if (index < IN_DANGER + WAITING) await say(url, chat, 'une personne s’il vous plaît', 'open');
  else await say(url, chat, 'je suis en conflit avec ma cheffe', 'open');
  return chat;
}

const say = (url: string, { conversationId, token }: Chat, text: string, key: string): Promise<unknown> =>
  call(`${url}/v3/directline/conversations/${conversationId}/activities`, token, {
    type: 'message',
    text,
    channelData: { clientActivityID: key },
  });

async function listPages(url: string, cookies: readonly string[]): Promise<void> {
  const times: number[] = [];
  let bytes = 0;
  for (let index = 0; index < LIST_PAGES; index += 1) {
    const begun = performance.now();
    bytes = (await page(url, cookies[index % cookies.length] ?? '')).length;
    times.push(performance.now() - begun);
  }
  print(`list page, one after the other: ${ms(times)}; ${(bytes / 1024).toFixed(1)} KB`);
  const begun = performance.now();
  await Promise.all(cookies.map((cookie) => page(url, cookie)));
  print(
    `list page, ${cookies.length} operators at once: all within ${(performance.now() - begun).toFixed(0)} ms`,
  );
}

function page(url: string, cookie: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(`${url}/console`, { agent, headers: { cookie } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        response.statusCode === 200
          ? resolve(Buffer.concat(parts))
          : reject(new Error(String(response.statusCode))),
      );
    }).on('error', reject);
  });
}

async function changes(url: string, cookies: readonly string[], chats: readonly Chat[]): Promise<void> {
  const arrivals: Arrival[][] = cookies.map(() => []);
  const streams = await Promise.all(
    cookies.map((cookie, index) => listen(url, cookie, arrivals[index] ?? [])),
  );
  const screen = await watchedScreen(url, cookies[0] ?? '');
  const sent = new Map<string, number>();
  await sleep(4_000);
  for (let index = 0; index < MESSAGES; index += 1) {
    // Those whose row is on the first page, so that a browser shows it.
    const chat = chats[IN_DANGER + (index % WAITING)];
    if (chat === undefined) continue;
    sent.set(chat.conversationId, Date.now());
    void say(url, chat, `je suis toujours là, fois ${index}`, `again${index}`);
    await sleep(1_000 / MESSAGES_PER_SECOND);
  }
  await sleep(ARRIVES_WITHIN_MS);
  const late = arrivals.map((list) => latencies(list, sent));
  const all = late.flat();
  print(
    `message to the pages of ${cookies.length} operators, its turn included: ${ms(all)}; ${all.length} of ${sent.size * cookies.length} arrived`,
  );
  const shown = await screen?.seen();
  if (shown !== undefined) print(`message to the screen of a browser: ${ms(latencies(shown, sent))}`);
  await screen?.close();
  for (const stream of streams) stream.destroy();
}

/** From each message to the first time its row came after it. */
function latencies(arrivals: readonly Arrival[], sent: ReadonlyMap<string, number>): number[] {
  return [...sent].flatMap(([id, at]) => {
    const first = arrivals.find((one) => one.id === id && one.at >= at);
    return first === undefined ? [] : [first.at - at];
  });
}

/** A page at the desk as it is for the service: it listens, and answers each beat. */
async function listen(url: string, cookie: string, arrivals: Arrival[]): Promise<IncomingMessage> {
  const csrf = /data-csrf="([^"]+)"/.exec(String(await page(url, cookie)))?.[1] ?? '';
  return new Promise((resolve, reject) => {
    get(`${url}/console/events`, { headers: { cookie } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        const events = text.split('\n\n');
        text = events.pop() ?? '';
        for (const event of events) heard({ url, cookie, csrf }, event, arrivals);
      });
      response.on('error', () => undefined);
      resolve(response);
    }).on('error', reject);
  });
}

function heard(desk: Desk, event: string, arrivals: Arrival[]): void {
  const id = /^event: row\ndata: \{"id":"([^"]+)"/m.exec(event)?.[1];
  if (id !== undefined) arrivals.push({ id, at: Date.now() });
  if (!/^event: beat$/m.test(event)) return;
  const body = new URLSearchParams({ csrf: desk.csrf, viewing: '' }).toString();
  const headers = { cookie: desk.cookie, 'content-type': 'application/x-www-form-urlencoded' };
  const beat = request(`${desk.url}/console/desk/here`, { agent, method: 'POST', headers });
  beat.on('response', (response) => response.resume()).on('error', () => undefined);
  beat.end(body);
}

/** A real browser, if there is one, that notes when a row stands on its screen. */
async function watchedScreen(url: string, cookie: string) {
  const executable = chromiumPath();
  if (executable === undefined) return undefined;
  const browser = await launchChromium(executable);
  const context = await browser.newContext();
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url }]);
  const screen: Page = await context.newPage();
  await screen.goto(`${url}/console`);
  await screen.evaluate(`
    window.seen = [];
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) {
        const id = node.id?.slice(4);
        if (id) requestAnimationFrame(() => window.seen.push({ id, at: Date.now() }));
      }
    }).observe(document.getElementById('rows'), { childList: true });`);
  return {
    seen: (): Promise<Arrival[]> => screen.evaluate('window.seen'),
    close: () => browser.close(),
  };
}

await main();
