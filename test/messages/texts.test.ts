import { afterEach, describe, expect, it } from 'vitest';
import { type Instant, instant, MINUTE } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { readContact } from '../../src/messages/contact.js';
import type { Messenger } from '../../src/messages/messenger.js';
import { createTexts } from '../../src/messages/texts.js';
import { createContactVault } from '../../src/privacy/contact-vault.js';
import { createSecrets } from '../../src/privacy/secrets.js';
import { frozenClock } from '../support/frozen-clock.js';
import { seededRandom } from '../support/seeded-random.js';
import { type TemporaryStore, temporaryStore } from '../support/temporary-store.js';

const MOBILE = '06 39 98 12 34';
const CHAT = asId<never>('chat');
const FAR = instant(Date.parse('2030-01-01'));

let store: TemporaryStore;
afterEach(() => store.remove());

async function texting(ways: Messenger['ways'] = ['sms']) {
  store = await temporaryStore();
  const clock = frozenClock();
  const random = seededRandom();
  const { vault, texts: table } = store.stores;
  const secrets = createSecrets({ current: Buffer.alloc(32, 1), random });
  const contacts = createContactVault({ clock, random, secrets, store: vault });
  const sent: string[] = [];
  const answers: ('sent' | 'failed')[] = [];
  const send: Messenger['send'] = async ({ way, to, text }) => {
    sent.push(`${way} ${to}: ${text}`);
    return answers.shift() ?? 'sent';
  };
  const texts = createTexts({ clock, store: table, contacts, messenger: { ways, send } });
  const ask = (text = 'CRHP : 04 42 91 73 76', number = MOBILE) =>
    texts.ask({ conversation: CHAT, number, text });
  const kept = async () => [(await vault.ended(FAR, 10)).length, (await table.due(FAR, 10)).length];
  const fail = (times: number) => answers.push(...Array.from({ length: times }, () => 'failed' as const));
  return { clock, contacts, texts, sent, ask, kept, fail, table };
}

describe('a text that a caller asked for', () => {
  it('is sent once, and number and text are destroyed', async () => {
    const { texts, ask, sent, kept } = await texting();
    expect(await ask()).toBe('kept');
    expect(await kept()).toEqual([1, 1]);
    const both = await Promise.all([texts.sendDue(), texts.sendDue()]);
    expect(both.reduce((a, b) => a + b)).toBe(1);
    expect(sent).toEqual(['sms +33639981234: CRHP : 04 42 91 73 76']);
    expect([await texts.sendDue(), await kept()]).toEqual([0, [0, 0]]);
  });

  it('is tried again after a minute, then later and later, and given up with its number', async () => {
    const { clock, texts, ask, sent, kept, fail } = await texting();
    fail(5);
    await ask();
    await texts.sendDue();
    for (const [tries, wait] of [1, 5, 15, 30].entries()) {
      clock.advance(wait * MINUTE - 1);
      await texts.sendDue();
      expect([sent.length, await kept()]).toEqual([tries + 1, [1, 1]]);
      clock.advance(1);
      await texts.sendDue();
      expect(sent).toHaveLength(tries + 2);
    }
    expect(await kept()).toEqual([0, 0]);
    clock.advance(24 * 60 * MINUTE);
    expect([await texts.sendDue(), sent.length]).toEqual([0, 5]);
  });

  it('is taken over when the process that sent it stopped', async () => {
    const { clock, texts, ask, sent, table } = await texting();
    await ask();
    const [due] = await table.due(clock.now(), 1);
    if (due === undefined) throw new Error('nothing is due');
    const leased = { ...due, dueAt: (clock.now() + 5 * MINUTE) as Instant, tries: 1, version: 2 };
    await table.save(leased);
    clock.advance(5 * MINUTE - 1);
    expect(await texts.sendDue()).toBe(0);
    clock.advance(1);
    expect([await texts.sendDue(), sent.length]).toEqual([1, 1]);
  });

  it('goes when the conversation is erased', async () => {
    const { contacts, texts, ask, sent, kept } = await texting();
    await ask();
    await contacts.withdrawAll(CHAT);
    expect([await texts.sendDue(), sent, await kept()]).toEqual([0, [], [0, 0]]);
  });

  it('takes the place of the one before, whose number is destroyed', async () => {
    const { texts, ask, sent, kept } = await texting();
    await ask('un');
    await ask('deux', '0692 12 34 56');
    expect(await kept()).toEqual([1, 1]);
    await texts.sendDue();
    expect(sent).toEqual(['sms +262692123456: deux']);
  });

  it('keeps whole lines of what is too long', async () => {
    const { texts, ask, sent } = await texting();
    await ask(Array.from({ length: 100 }, (_, index) => `service ${index} : 01 99 00 01 01`).join('\n'));
    await texts.sendDue();
    expect(sent[0]?.length).toBeLessThanOrEqual(1_000 + 'sms +33639981234: '.length);
    expect(sent[0]?.split('\n').at(-1)).toMatch(/^service \d+ : 01 99 00 01 01$/);
  });

  it('is not asked for without a way to send, nor sent to what is no mobile', async () => {
    const without = await texting(['email']);
    expect([without.texts.offered, await without.ask()]).toEqual([false, 'not-offered']);
    await store.remove();
    const { ask, kept } = await texting();
    for (const number of ['01 99 00 01 01', 'prof@exemple.fr', 'bonjour', ''])
      expect(await ask('x', number)).toBe('not-a-mobile');
    expect(await kept()).toEqual([0, 0]);
  });
});

describe('a mobile number', () => {
  it.each([
    ['zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre', '+33639981234'],
    ['0690 12 34 56', '+590690123456'],
    ['0694 12 34 56', '+594694123456'],
    ['0696 12 34 56', '+596696123456'],
    ['0692 12 34 56', '+262692123456'],
    ['0639 01 23 45', '+262639012345'],
    ['0695 12 34 56', '+33695123456'],
    ['+262 692 12 34 56', '+262692123456'],
  ])('%s is dialled %s', async (said, to) => {
    store = await temporaryStore();
    expect(readContact(said)).toEqual({ way: 'sms', to });
  });
});
