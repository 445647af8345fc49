import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBrake, RESUMING } from '../../../src/channels/web-chat/brake.js';
import { createResumeCodes } from '../../../src/channels/web-chat/resume-code.js';
import { HOUR } from '../../../src/kernel/clock.js';
import { newId } from '../../../src/kernel/ids.js';
import { seededRandom } from '../../support/seeded-random.js';
import { type Begun, type ChatServer, chatServer, message } from './chat-server.js';

let server: ChatServer;
let chat: Begun;
beforeEach(async () => {
  server = await chatServer();
  chat = await server.begin();
});
afterEach(() => server.close());

interface State {
  operatorThere: boolean;
  speaker: string;
  by?: string;
  ahead?: number;
  alerted: boolean;
  stays: boolean;
  resumeCode?: string;
}
const state = async ({ token }: Begun): Promise<State> =>
  JSON.parse((await server.call('GET', '/api/chat/state', { token })).text);
const resume = (code: string) => server.call('POST', '/api/chat/resume', { body: { code } });
const codeOf = async (begun: Begun): Promise<string> => (await state(begun)).resumeCode ?? '';
const queue = (begun: Begun, since: number): void =>
  server.conversations.setOwner(begun.id as never, { kind: 'queue', since: since as never });

describe('codes that take a conversation up again', () => {
  const codes = createResumeCodes({ key: Buffer.alloc(32, 7), random: seededRandom() });

  it('come back from the id that was made of them, however they are written', () => {
    for (let count = 0; count < 200; count += 1) {
      const id = codes.newId();
      const code = codes.codeOf(id) ?? '';
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
      const written = code
        .toLowerCase()
        .replace(/0/g, 'o')
        .replace(/1/g, 'l')
        .replace(/(.{4})/g, '$1 - ');
      expect(codes.idOf(written)).toBe(id);
    }
  });

  it('are not to be had from an id made otherwise, or under another key', () => {
    const others = createResumeCodes({ key: Buffer.alloc(32, 8), random: seededRandom() });
    expect(codes.codeOf(newId(seededRandom('other')))).toBeUndefined();
    expect(codes.codeOf('short' as never)).toBeUndefined();
    expect(codes.codeOf(others.newId())).toBeUndefined();
  });

  it.each(['', '1234', 'AAAA-AAAA-AAAU', 'AAAA-AAAA-AAAA-A', '=?'.repeat(30)])(
    'are not read from %j',
    (text) => {
      expect(codes.idOf(text)).toBeUndefined();
    },
  );
});

describe('a conversation taken up again', () => {
  it('is the same, with all that was said', async () => {
    await server.call('POST', `${chat.path}/activities`, { token: chat.token, body: message('bonjour') });
    const { status, json } = await resume(await codeOf(chat));
    expect([status, json.conversationId]).toEqual([200, chat.id]);
    const again = await server.call('GET', `${chat.path}/activities`, { token: json.token });
    expect(again.json.activities.map(({ text }) => text)).toContain('bonjour');
  });

  it('is found until 24 hours after the last word, and not later', async () => {
    const code = await codeOf(chat);
    server.clock.advance(24 * HOUR);
    expect((await resume(code)).status).toBe(200);
    server.clock.advance(1);
    expect((await resume(code)).status).toBe(404);
  });

  it('answers alike for a wrong, an erased and an ended one', async () => {
    const [erased, ended] = [await server.begin(), await server.begin()];
    const codes = [await codeOf(erased), await codeOf(ended), '0000-0000-0000', 'no code'];
    await server.call('POST', '/api/chat/erase', { token: erased.token });
    server.conversations.setOwner(ended.id as never, { kind: 'closed', at: 0 as never });
    const answers = await Promise.all(codes.map(resume));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
  });

  it('is tried twice a second by everybody together, after ten at once', async () => {
    let now = 1_000_000;
    const waits: number[] = [];
    const brake = createBrake(
      RESUMING,
      () => now,
      async (ms) => {
        waits.push(ms);
        now += ms;
      },
    );
    const caller = () => new AbortController().signal;
    for (let count = 0; count < 12; count += 1) expect(await brake(caller())).toBe('free');
    expect(waits).toEqual([500, 500]);
  });
});

describe('who is there', () => {
  it('is told in the page itself, before anything is written', async () => {
    const nobody = await server.call('GET', '/');
    expect(nobody.text).toContain('Aucune personne n’est là en ce moment.');
    server.desk.ready = 1;
    server.clock.advance(2_000);
    const somebody = await server.call('GET', '/?lang=en');
    expect(somebody.text).toContain('A person is here if you ask.');
  });

  it('is the bot, then the queue, then a person by pseudonym', async () => {
    expect(await state(chat)).toMatchObject({
      operatorThere: false,
      speaker: 'bot',
      alerted: false,
      stays: false,
    });
    queue(chat, 1);
    expect(await state(chat)).toMatchObject({ speaker: 'queue', ahead: 0, stays: true });
    const owner = { kind: 'operator', staff: 's' as never, pseudonym: 'Camille', since: 1 as never } as const;
    server.conversations.setOwner(chat.id as never, owner);
    expect(await state(chat)).toMatchObject({ speaker: 'person', by: 'Camille', stays: true });
  });

  it('counts those who have waited longer, read anew every two seconds', async () => {
    const others = [await server.begin(), await server.begin()];
    queue(chat, 5);
    queue(others[0] as Begun, 4);
    queue(others[1] as Begun, 6);
    expect((await state(chat)).ahead).toBe(1);
    server.conversations.setOwner((others[0] as Begun).id as never, { kind: 'bot' });
    server.clock.advance(1_999);
    expect((await state(chat)).ahead).toBe(1);
    server.clock.advance(1);
    expect((await state(chat)).ahead).toBe(0);
  });

  it('gives no code for what is over, and nothing without a token', async () => {
    server.conversations.setOwner(chat.id as never, { kind: 'closed', at: 0 as never });
    expect(await state(chat)).toMatchObject({ speaker: 'nobody', stays: false });
    expect((await state(chat)).resumeCode).toBeUndefined();
    expect((await server.call('GET', '/api/chat/state')).status).toBe(401);
  });
});

describe('the pages that are read', () => {
  it.each(['/confidentialite', '/accessibilite'])(
    '%s stands in both languages under the same policy',
    async (path) => {
      const french = await server.call('GET', path);
      const english = await server.call('GET', `${path}?lang=en`);
      expect([french.text, english.text].map((text) => /<html lang="(..)">/.exec(text)?.[1])).toEqual([
        'fr',
        'en',
      ]);
      expect(french.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(french.text).toContain('href="tel:3114"');
      expect(`${french.text}${english.text}`).not.toMatch(/\{\{|pages\.|<script(?![^>]*src=)/);
    },
  );

  it('say that the carrier sees the number and the words, and after how many days words go', async () => {
    const { text } = await server.call('GET', '/confidentialite');
    expect(text).toContain('voit votre numéro, et vos paroles passent par lui');
    expect(text).toContain('30 jours après votre dernier message');
  });
});
