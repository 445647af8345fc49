import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBrake, OPENING } from '../../../src/channels/web-chat/brake.js';
import { type ChatServer, chatServer, message } from './chat-server.js';

let server: ChatServer;
beforeEach(async () => {
  server = await chatServer();
});
afterEach(() => server.close());

describe('erasing and leaving', () => {
  it('erases the conversation of the token at once', async () => {
    const { token, path, id } = await server.begin();
    const { status, headers } = await server.call('POST', '/api/chat/erase', { token });
    expect(status).toBe(204);
    expect(headers.get('clear-site-data')).toBe('"storage"');
    expect(await server.conversations.head(id as never)).toBeUndefined();
    expect((await server.call('GET', `${path}/activities`, { token })).status).toBe(404);
  });

  it('may be asked twice', async () => {
    const { token } = await server.begin();
    await server.call('POST', '/api/chat/erase', { token });
    expect((await server.call('POST', '/api/chat/erase', { token })).status).toBe(204);
  });

  const leave = (raw: string) =>
    server.call('POST', '/api/chat/leave', { raw, headers: { 'content-type': 'text/plain;charset=UTF-8' } });

  it('hangs up, then removes the words, when the page is left by a beacon', async () => {
    const { token, id } = await server.begin();
    const { status, headers } = await leave(token);
    expect([status, headers.get('clear-site-data')]).toEqual([204, '"storage"']);
    expect(server.conversations.inputs.at(-1)?.kind).toBe('hang-up');
    expect(await server.conversations.head(id as never)).toBeUndefined();
  });

  it('lets a conversation be left that is over already', async () => {
    const { token, path } = await server.begin();
    await server.call('POST', `${path}/activities`, { token, body: message('fin') });
    expect((await leave(token)).status).toBe(204);
    expect((await leave(token)).status).toBe(204);
  });

  it('erases nothing without a good token', async () => {
    const { id } = await server.begin();
    const statuses = [
      (await leave('nonsense')).status,
      (await server.call('POST', '/api/chat/erase')).status,
    ];
    expect(statuses).toEqual([401, 401]);
    expect(await server.conversations.head(id as never)).toBeDefined();
  });
});

describe('many conversations at once', () => {
  /** Time passes only when it is waited for. */
  const brakeInTime = () => {
    let now = 1_000_000;
    const held: { ms: number; go: () => void }[] = [];
    const wait = (ms: number) => new Promise<void>((go) => held.push({ ms, go }));
    return {
      brake: createBrake(OPENING, () => now, wait),
      held,
      async pass() {
        const next = held.shift();
        now += next?.ms ?? 0;
        next?.go();
        for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
      },
    };
  };
  const caller = () => new AbortController().signal;

  it('lets 200 begin at once and makes the next ones wait, one every 10 ms', async () => {
    const { brake, held, pass } = brakeInTime();
    for (let count = 0; count < 200; count += 1) expect(await brake(caller())).toBe('free');
    const order: number[] = [];
    for (let count = 0; count < 3; count += 1) void brake(caller()).then(() => order.push(count));
    expect(held.map(({ ms }) => ms)).toEqual([10]);
    await pass();
    expect(order).toEqual([0]);
    await pass();
    await pass();
    expect(order).toEqual([0, 1, 2]);
  });

  it('keeps 5,000 waiting before it asks anybody to come again, and gives the place of who leaves to others', async () => {
    const { brake, pass } = brakeInTime();
    for (let count = 0; count < 200; count += 1) await brake(caller());
    const gone = new AbortController();
    const left = brake(gone.signal);
    const waiting = Array.from({ length: 4_999 }, () => brake(caller()));
    expect(await brake(caller())).toBe('full');
    gone.abort();
    expect(await left).toBe('left');
    const late = brake(caller());
    expect(await brake(caller())).toBe('full');
    for (let count = 0; count < 5_000; count += 1) await pass();
    expect(new Set(await Promise.all([...waiting, late]))).toEqual(new Set(['free']));
  });

  it('opens for a school of 400 behind one address, and refuses nobody', async () => {
    const ask = () => server.call('POST', '/api/chat/token');
    const statuses = (await Promise.all(Array.from({ length: 400 }, ask))).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

describe('the page', () => {
  const page = async (path: string) => (await fetch(`${server.url}${path}`)).text();

  it('is in French first, and in English on request', async () => {
    expect(await page('/')).toContain('<html lang="fr">');
    expect(await page('/?lang=en')).toContain('<html lang="en">');
    expect(await page('/?lang=en&lang=fr')).toContain('<html lang="');
  });

  it('shows the emergency numbers without script', async () => {
    const text = await page('/');
    for (const href of ['tel:15', 'tel:112', 'tel:3114', 'tel:17', 'sms:114'])
      expect(text).toContain(`href="${href}"`);
    expect(text).toMatch(/<noscript>.*JavaScript/s);
  });

  it('has a strict policy: nothing inline, nothing from elsewhere, no cookie, nothing kept', async () => {
    const { headers, text } = await server.call('GET', '/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(text).not.toMatch(/<script(?![^>]*src=)|<style|style=|\son\w+=/);
    const outside = [...text.matchAll(/(?:src|href)="(https?:[^"]+)"/g)].map((match) => match[1]);
    expect(outside).toEqual(['https://meteo.example.invalid']);
  });

  it('serves its style from its own files only, kept by no cache', async () => {
    const style = await server.call('GET', '/assets/page.css');
    expect([style.status, style.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const names = ['tsconfig.json', 'none.js', '..%2Fchat-page.ts', '%2e%2e%2fweb-chat.js', 'chat.ts'];
    const statuses = await Promise.all(
      names.map(async (name) => (await server.call('GET', `/assets/${name}`)).status),
    );
    expect(statuses).toEqual([404, 404, 404, 404, 404]);
  });

  it('names no socket in its policy for a host name that is none', async () => {
    const { request } = await import('node:http');
    const policy = await new Promise<string>((resolve) => {
      request(server.url, { headers: { host: "x; script-src 'unsafe-inline'" } }, (response) => {
        response.resume();
        resolve(String(response.headers['content-security-policy']));
      }).end();
    });
    expect(policy).not.toContain('unsafe-inline');
  });
});
