import { chromium } from 'playwright-core';
import { it, expect } from 'vitest';
import { chatServer } from './chat-server.js';
it('shoots', async () => {
  const server = await chatServer();
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless','--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] });
  const out: string[] = [];
  for (const [name, width, height, scheme] of [['m',390,844,'light'],['d',1280,800,'light'],['md',390,844,'dark'],['s',320,568,'light'],['dd',1280,800,'dark'],['z',320,256,'light']] as const) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
    page.on('console', (m) => out.push(m.text())); page.on('pageerror', (e) => out.push(String(e)));
    await page.goto(server.url);
    await page.waitForSelector('.choice');
    await page.screenshot({ path: `/tmp/shot-${name}-1.png` });
    await page.click('.choice');
    await page.waitForSelector('.message.caller');
    for (const text of ['Je ne dors plus depuis des semaines et je n’en peux plus de mes classes.', 'services', 'code']) {
      await page.fill('#message', text); await page.click('#send'); await page.waitForFunction(() => (document.querySelector('#message') as any).value === '');
      await page.waitForTimeout(150);
    }
    await page.screenshot({ path: `/tmp/shot-${name}-2.png` });
    out.push(`${name} ${await page.evaluate(() => document.documentElement.scrollWidth)}`);
    await page.close();
  }
  await browser.close(); await server.close();
  console.log(out.join('\n'));
  expect(1).toBe(1);
}, 60000);
