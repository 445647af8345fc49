import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumForTests, launchChromium } from '../support/chromium.js';
import { type ServiceProcess, startProcess } from '../support/service-process.js';

const WEB_CHAT = path.resolve('node_modules/botframework-webchat/dist/webchat-minimal.js');
/** A reconnecting official client waits 3 to 15 seconds first. */
const RECONNECTS_MS = 30_000;
const SHORTEST_WAIT = '{ const { random } = Math; Math.random = () => random() / 1_000; }';

const executable = chromiumForTests();

describe.runIf(executable !== undefined)('after a cut and after a restart', () => {
  let browser: Browser;
  let folder: string;
  let port: string;
  let service: ServiceProcess;
  let page: Page;

  const start = async (): Promise<void> => {
    service = await startProcess({ DATA_DIR: folder, PORT: port, DEMO: '1' });
  };
  beforeAll(async () => {
    browser = await launchChromium(executable ?? '');
  });
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
    port = await freePort();
    await start();
  });
  afterEach(async () => {
    await page.context().close();
    await service.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  afterAll(() => browser.close());

  const ours = async (): Promise<void> => {
    page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
    await page.goto(service.url);
    await page.waitForSelector('.choices');
  };
  const say = async (text: string): Promise<void> => {
    await page.fill('#message', text);
    await page.click('#send');
    await page.locator('.message.caller', { hasText: text }).waitFor({ timeout: RECONNECTS_MS });
  };
  const callerTexts = () => page.locator('.message.caller .text').allTextContents();

  it('our page goes on where it was, with the text that could not leave', async () => {
    await ours();
    await say('avant');
    await service.end('SIGKILL');
    await page.locator('#alert', { hasText: 'Connexion perdue' }).waitFor({ timeout: RECONNECTS_MS });
    await page.fill('#message', 'pendant');
    await page.click('#send');
    await page.locator('#send', { hasText: 'Envoyer' }).waitFor();
    expect(await page.inputValue('#message')).toBe('pendant');
    await start();
    await page.locator('#alert:empty').waitFor({ state: 'attached', timeout: RECONNECTS_MS });
    await page.click('#send');
    await page.locator('.message.caller', { hasText: 'pendant' }).waitFor({ timeout: RECONNECTS_MS });
    await page.reload();
    await page.locator('.message.caller', { hasText: 'pendant' }).waitFor();
    expect(await callerTexts()).toEqual(['avant', 'pendant']);
  }, 90_000);

  it('the numbers come in the first 14 KB, and all of it weighs less than 150 KB, on a slow network', async () => {
    page = await (await browser.newContext()).newPage();
    const session = await page.context().newCDPSession(page);
    const kilobits = 400;
    const throughput = (kilobits * 1_000) / 8;
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 400,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    });
    let transferred = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      transferred += encodedDataLength;
    });
    await page.goto(service.url, { waitUntil: 'commit' });
    await page.locator('#message:visible').waitFor();
    await page.fill('#message', 'bonjour');
    await page.click('#send');
    const ready = (await page.evaluate('performance.now()')) as number;
    await page.locator('.message.caller', { hasText: 'bonjour' }).waitFor();
    const answered = (await page.evaluate('performance.now()')) as number;
    process.stdout.write(
      `400 kbit/s, 400 ms: box after ${Math.round(ready)} ms, first message shown after ${Math.round(answered)} ms, ${transferred} bytes\n`,
    );
    expect(transferred).toBeLessThan(150_000);
    const first = Buffer.from(await (await fetch(service.url)).arrayBuffer())
      .subarray(0, 14_000)
      .toString();
    for (const number of ['15', '112', '3114', '17']) expect(first).toContain(`href="tel:${number}"`);
  });

  it('WebChat holds a conversation, and loses and doubles nothing over a restart and a reload', async () => {
    page = await (await browser.newContext()).newPage();
    await page.addInitScript(SHORTEST_WAIT);
    const asked = new Set<string>();
    page.on('request', (request) => asked.add(new URL(request.url()).origin));
    await webChatPage(page, service.url);
    const box = page.locator('[data-id="webchat-sendbox-input"]');
    /** Shown at once, acknowledged later: only an answer tells that it has arrived. */
    const write = async (text: string): Promise<void> => {
      await box.fill(text);
      await box.press('Enter');
      const answered = async (): Promise<boolean> => {
        const now = await spoken(page);
        return now.includes(text) && now.at(-1) !== text;
      };
      await expect.poll(answered, { timeout: RECONNECTS_MS }).toBe(true);
    };
    await page.locator('.webchat__bubble__content', { hasText: 'numéro unique' }).first().waitFor();
    await write('je dors mal');
    await service.end('SIGKILL');
    await start();
    await write('je suis en conflit');
    const said = await spoken(page);
    expect(said.filter((text) => text === 'je dors mal')).toHaveLength(1);
    expect(said.filter((text) => text === 'je suis en conflit')).toHaveLength(1);
    expect(said.filter((text) => text.includes('Ici le numéro unique'))).toHaveLength(1);
    await page.reload();
    await expect.poll(async () => (await spoken(page)).length, { timeout: RECONNECTS_MS }).toBe(said.length);
    expect(await spoken(page)).toEqual(said);
    expect([...asked]).toEqual([new URL(service.url).origin]);
  }, 90_000);
});

const spoken = (page: Page): Promise<string[]> => page.locator('.webchat__bubble__content').allInnerTexts();

async function freePort(): Promise<string> {
  const server = createSocketServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

/** A page that holds the official client, under the address of the service but not written by it. */
async function webChatPage(page: Page, service: string): Promise<void> {
  const script = `const kept = JSON.parse(sessionStorage.getItem('kept'));
  Promise.resolve(kept ?? fetch('/api/chat/token', { method: 'POST' }).then((r) => r.json())).then((opened) => {
    sessionStorage.setItem('kept', JSON.stringify(opened));
    const { token, conversationId } = opened;
    const resume = kept === null ? {} : { conversationId };
    WebChat.renderWebChat({
      directLine: WebChat.createDirectLine({ domain: location.origin + '/v3/directline', token, ...resume }),
      locale: 'fr-FR',
      styleOptions: { hideUploadButton: true },
    }, document.getElementById('chat'));
  })`;
  const body = `<!doctype html><div id="chat"></div><script src="/webchat.js"></script><script>${script}</script>`;
  await page.route(`${service}/webchat.js`, (route) => route.fulfill({ path: WEB_CHAT }));
  await page.route(`${service}/webchat`, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${service}/webchat`);
}
