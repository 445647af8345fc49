import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/kernel/clock.js';
import { DirectLineCaller } from '../support/direct-line-caller.js';
import { type RingingService, ringingService } from '../support/ringing-service.js';
import { signInAs } from '../support/sign-in-as.js';

const SECRET = 'secret-for-this-test-only';
const WORDS = 'je voudrais parler à un psychologue maintenant, mes girafes me manquent';

/** The carrier is asked beside the answer: what it is asked may come a little later. */
const SOON = { timeout: 5_000 };

let office: RingingService;
beforeEach(async () => {
  office = await ringingService({ LINE_NUMBER: '0 805 500 005', DIRECT_LINE_SECRET: SECRET });
});
afterEach(() => office.remove());

/** Writes in the chat, and gives the code that is shown there. */
async function codeOfChat(): Promise<string> {
  const caller = await DirectLineCaller.open(office.running.url, SECRET);
  await caller.say(WORDS, 'k1');
  await caller.say('Parler maintenant', 'k2');
  const shown = (await caller.transcript()).map((entry) => JSON.stringify(entry)).join();
  expect(shown).toContain('0 805 500 005');
  return (/ce code : (\d{3}) (\d{3})/.exec(shown) ?? []).slice(1).join('');
}

async function atTheCode() {
  const caller = office.phone();
  await caller.dial();
  expect((await caller.keys('#')).said).toContain('six chiffres');
  return caller;
}

describe('from the chat to the phone', () => {
  it('the code joins the call to what was written, which is shown to staff and never read aloud', async () => {
    const code = await codeOfChat();
    const caller = await atTheCode();
    const heard = await caller.keys(code);
    expect(heard.said).toContain('pourra lire ce que vous avez écrit');
    expect(heard.said).not.toContain('girafes');
    await expect.poll(() => office.desks().length, SOON).toBe(1);
    const id = /c=([\w-]+)/.exec(caller.last.next)?.[1] ?? '';
    expect(await page(`/console/conversations/${id}`)).toContain('girafes');
    expect((await office.desks()[0]?.pickUp())?.said).not.toContain('girafes');
  });

  it('is valid for thirty minutes, not longer', async () => {
    const code = await codeOfChat();
    office.running.clock.advance(30 * MINUTE - 1);
    expect((await (await atTheCode()).keys(code)).said).toContain('pourra lire');
    office.running.clock.advance(1);
    expect((await (await atTheCode()).keys(code)).said).toContain('Je ne trouve pas ce code');
  });

  it('after three wrong codes nobody is turned away: the line goes on without', async () => {
    const caller = await atTheCode();
    for (const wrong of ['000000', '111111'])
      expect((await caller.keys(wrong)).said).toContain('six chiffres');
    expect((await caller.keys('222222')).said).toMatch(/pas besoin de code[\s\S]*J’appelle un psychologue/);
    await expect.poll(() => office.desks().length, SOON).toBe(1);
  });

  it('star starts the code again', async () => {
    const code = await codeOfChat();
    const caller = await atTheCode();
    expect((await caller.keys(`12*${code}`)).said).toContain('pourra lire');
  });
});

async function page(address: string): Promise<string> {
  const { url } = office.running;
  const cookie = await signInAs(office.running.service, 'camille');
  return (await fetch(url + address, { headers: { cookie } })).text();
}
