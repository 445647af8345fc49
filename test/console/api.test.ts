import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Validator } from '@seriousme/openapi-schema-validator';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../src/accounts/account.js';
import { API_TOKEN_LASTS, MOST_API_TOKENS } from '../../src/accounts/api-token.js';
import { may, PERMISSIONS, type Permission } from '../../src/accounts/permissions.js';
import { createApi, endpointsOf } from '../../src/console/api/api.js';
import type { AnyEndpoint } from '../../src/console/api/endpoint.js';
import { signInAs } from '../support/sign-in-as.js';
import { type SpokenService, spokenService } from '../support/spoken-service.js';

let spoken: SpokenService;
let endpoints: AnyEndpoint[];
let server: Server;
let url: string;
const tokens = new Map<Role, string>();
beforeAll(async () => {
  spoken = await spokenService();
  const { service, clock } = spoken;
  const random = { bytes: (length: number) => Buffer.alloc(length, 7), integer: () => 0 };
  const parts = { ...service, clock, random, secureCookies: false };
  endpoints = endpointsOf(parts);
  for (const role of ROLES) {
    await service.accounts.add({ login: role, pseudonym: role, roles: [role], password: 'a long password' });
    const account = await service.accounts.byLogin(role);
    if (account !== undefined) tokens.set(role, (await service.apiTokens.make(account.id, 'test')) ?? '');
  }
  const app = express().set('query parser', 'simple').use('/api/v1', createApi(parts));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await spoken.close();
});

interface Sent {
  as?: Role;
  body?: unknown;
  headers?: Record<string, string>;
}

async function send(method: string, path: string, { as, body, headers = {} }: Sent = {}) {
  const response = await fetch(url + path, {
    method: method.toUpperCase(),
    headers: {
      ...(as === undefined ? {} : { authorization: `Bearer ${tokens.get(as)}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}

const filled = (path: string): string => path.replaceAll(/\{\w+\}/g, 'unknown');

describe('the staff API, closed by default', () => {
  it('answers 401 with a problem, and reads nothing, for whoever has not signed in', async () => {
    for (const { method, path } of endpoints) {
      const { status, headers, body } = await send(method, filled(path), {
        ...(method === 'get' ? {} : { body: '{broken' }),
      });
      expect([path, status]).toEqual([path, 401]);
      expect(headers.get('content-type')).toContain('application/problem+json');
      expect(body).toMatchObject({ type: 'about:blank', status: 401, code: 'unauthenticated' });
    }
    expect((await send('get', '/openapi.json')).status).toBe(401);
  });

  it.each(ROLES)('allows a %s what the role allows, and nothing else', async (role) => {
    const account = await spoken.service.accounts.byLogin(role);
    if (account === undefined) throw new Error('no account');
    for (const { method, path, permission } of endpoints) {
      const { status } = await send(method, filled(path), {
        as: role,
        ...(method === 'get' ? {} : { body: 'not an object' }),
      });
      if (may(account, permission)) expect([path, status]).not.toEqual([path, 403]);
      else expect([path, status]).toEqual([path, 403]);
    }
  });

  it('has no route but those declared, each once, each with a known permission', () => {
    const names = endpoints.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { permission } of endpoints) expect(PERMISSIONS).toContain<Permission>(permission);
  });

  it('answers what does not exist with a problem', async () => {
    expect(await send('get', '/nothing', { as: 'admin' })).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });
});

describe('a browser', () => {
  it('reads with its session, and changes with the token from /me only', async () => {
    const cookie = await signInAs(spoken.service, 'operator');
    const me = await send('get', '/me', { headers: { cookie } });
    expect(me).toMatchObject({ status: 200, body: { login: 'operator', permissions: expect.any(Array) } });
    const claim = '/conversations/unknown/claim';
    expect((await send('post', claim, { headers: { cookie } })).status).toBe(403);
    expect((await send('post', claim, { headers: { cookie, 'x-csrf-token': 'guess' } })).status).toBe(403);
    const right = { cookie, 'x-csrf-token': me.body.csrf };
    expect((await send('post', claim, { headers: right })).status).toBe(404);
  });
});

describe('a token', () => {
  it('is kept as a hash, ends after 90 days, with its account, and when it is revoked', async () => {
    const { accounts, apiTokens, stores } = spoken.service;
    const password = 'a long password';
    await accounts.add({ login: 'robot', pseudonym: 'R', roles: ['operator'], password });
    const robot = (await accounts.byLogin('robot'))?.id;
    if (robot === undefined) throw new Error('no account');
    const secret = (await apiTokens.make(robot, 'script')) ?? '';
    expect(secret).toMatch(/^nu_/);
    expect(JSON.stringify(await stores.apiTokens.listOf(robot, 10))).not.toContain(secret);
    expect((await apiTokens.find(secret))?.login).toBe('robot');
    await accounts.disable('robot', 'command-line');
    expect(await apiTokens.find(secret)).toBeUndefined();
    await accounts.enable('robot', 'command-line');
    expect(await apiTokens.find(secret)).toBeUndefined();

    const second = (await apiTokens.make(robot, 'again')) ?? '';
    const [kept] = await apiTokens.listOf(robot);
    expect(await apiTokens.revoke(robot, 'another' as never)).toBe('unknown');
    expect(await apiTokens.revoke(robot, kept?.id ?? ('' as never))).toBe('revoked');
    expect(await apiTokens.find(second)).toBeUndefined();
    for (let made = 0; made < MOST_API_TOKENS; made += 1)
      expect(await apiTokens.make(robot, `t${made}`)).toBeDefined();
    expect(await apiTokens.make(robot, 'one too many')).toBeUndefined();
  });

  it('is refused one millisecond after its last', async () => {
    const { accounts, apiTokens } = spoken.service;
    const admin = (await accounts.byLogin('admin'))?.id;
    if (admin === undefined) throw new Error('no account');
    const secret = (await apiTokens.make(admin, 'old')) ?? '';
    const now = spoken.clock.now();
    spoken.clock.advance(API_TOKEN_LASTS - 1);
    expect(await apiTokens.find(secret)).toBeDefined();
    spoken.clock.advance(1);
    expect(await apiTokens.find(secret)).toBeUndefined();
    spoken.clock.set(now);
  });
});

describe('requests', () => {
  it.each([
    ['a body that is not JSON', 'post', '/accounts', '{', 400],
    ['a body that lacks something', 'post', '/accounts', { login: 'x1' }, 400],
    ['an unknown role', 'post', '/accounts', { login: 'x1', pseudonym: 'X', roles: ['boss'] }, 400],
    ['a body that is too large', 'post', '/accounts', { login: 'x'.repeat(20_000) }, 413],
    ['an odd cursor', 'get', '/accounts?limit=0', undefined, 400],
  ])('with %s are refused with what to do', async (_name, method, path, body, status) => {
    const answer = await send(method, path, { as: 'admin', body });
    expect(answer.status).toBe(status);
    expect(answer.body.detail.length).toBeGreaterThan(10);
  });
});

describe('accounts', () => {
  it('are made, listed by cursor without their secrets, and edited by version', async () => {
    for (const login of ['aline', 'bruno', 'carla']) {
      const body = { login, pseudonym: login, roles: ['operator'] };
      expect(await send('post', '/accounts', { as: 'admin', body })).toMatchObject({
        status: 201,
        body: { password: expect.any(String) },
      });
    }
    const taken = { login: 'aline', pseudonym: 'a', roles: ['operator'] };
    expect((await send('post', '/accounts', { as: 'admin', body: taken })).status).toBe(409);

    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await send('get', `/accounts?limit=2${next && `&cursor=${next}`}`, { as: 'admin' });
      expect(page.body.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.body.items.map(({ login }: { login: string }) => login));
      expect(JSON.stringify(page.body)).not.toMatch(/argon|hash|deskPhone/i);
      next = page.body.next;
    }
    expect(seen).toEqual([...seen].sort());
    expect(seen).toEqual(expect.arrayContaining(['aline', 'bruno', 'carla', 'admin']));
    expect(new Set(seen).size).toBe((await spoken.service.accounts.list()).length);
  });

  it('refuse an edit of an old version and show both, and one without a version', async () => {
    const id = (await spoken.service.accounts.byLogin('aline'))?.id;
    const read = await send('get', `/accounts/${id}`, { as: 'admin' });
    const etag = read.headers.get('etag') ?? '';
    const edit = (pseudonym: string, headers: Record<string, string>) =>
      send('patch', `/accounts/${id}`, { as: 'admin', headers, body: { pseudonym, roles: ['operator'] } });
    expect((await edit('First', {})).status).toBe(428);
    expect((await edit('First', { 'if-match': 'W/"1"' })).status).toBe(400);
    const first = await edit('First', { 'if-match': etag });
    expect(first).toMatchObject({ status: 200, body: { pseudonym: 'First' } });
    expect(first.headers.get('etag')).not.toBe(etag);
    const second = await edit('Second', { 'if-match': etag });
    expect(second).toMatchObject({
      status: 412,
      body: { code: 'version-conflict', current: { pseudonym: 'First' }, given: { pseudonym: 'Second' } },
    });
  });

  it('let one of twenty edits of the same version win', async () => {
    const id = (await spoken.service.accounts.byLogin('bruno'))?.id;
    const edits = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        send('patch', `/accounts/${id}`, {
          ...{ as: 'admin' as const, headers: { 'if-match': '"1"' } },
          body: { pseudonym: `p${index}`, roles: ['operator'] },
        }),
      ),
    );
    expect(edits.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(edits.filter(({ status }) => status === 412)).toHaveLength(19);
  });

  it('are never taken from the last hands: nobody disables or demotes themselves', async () => {
    const id = (await spoken.service.accounts.byLogin('admin'))?.id;
    const body = { pseudonym: 'admin', roles: ['operator'] };
    const demoted = await send('patch', `/accounts/${id}`, {
      as: 'admin',
      headers: { 'if-match': '"1"' },
      body,
    });
    expect(demoted.status).toBe(409);
    expect((await send('post', `/accounts/${id}/disable`, { as: 'admin' })).status).toBe(409);
  });
});

describe('conversations and alerts', () => {
  it('are taken by one of two, answered, handed back and closed, as in the console', async () => {
    const talk = await spoken.talk('web');
    await talk.say('je voudrais parler à une personne');
    const list = await send('get', '/conversations', { as: 'operator' });
    expect(list.body.items).toContainEqual(
      expect.objectContaining({ id: talk.id, place: 'queue', channel: 'web' }),
    );
    const at = (name: string) => `/conversations/${talk.id}/${name}`;
    const claims = await Promise.all([
      send('post', at('claim'), { as: 'operator' }),
      send('post', at('claim'), { as: 'coordinator' }),
    ]);
    expect(claims.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = claims[0]?.status === 200 ? 'operator' : 'coordinator';
    const loser = winner === 'operator' ? 'coordinator' : 'operator';
    const text = { text: 'bonjour, je vous écoute' };
    expect((await send('post', at('reply'), { as: loser, body: text })).status).toBe(409);
    expect((await send('post', at('reply'), { as: winner, body: text })).status).toBe(200);
    const read = await send('get', `/conversations/${talk.id}`, { as: winner });
    expect(JSON.stringify(read.body.messages)).toContain('je vous écoute');
    const closing = { outcome: 'listened', orientation: 'none' };
    expect((await send('post', at('close'), { as: winner, body: closing })).status).toBe(200);
    expect((await send('post', at('close'), { as: winner, body: closing })).status).toBe(409);
  });

  it('show an alert, which one acknowledges and only they close', async () => {
    const talk = await spoken.talk('web');
    await talk.say('je veux mourir');
    const { items } = (await send('get', '/alerts', { as: 'operator' })).body;
    const alert = items.find(({ conversation }: { conversation: string }) => conversation === talk.id);
    const at = (name: string) => `/alerts/${alert.id}/${name}`;
    expect((await send('post', at('acknowledge'), { as: 'operator' })).status).toBe(200);
    expect((await send('post', at('acknowledge'), { as: 'coordinator' })).status).toBe(409);
    const body = { outcome: 'safe-now' };
    expect((await send('post', at('close'), { as: 'coordinator', body })).status).toBe(409);
    expect((await send('post', at('close'), { as: 'operator', body })).status).toBe(200);
  });

  it('are in the audit, which is read by cursor and filter', async () => {
    const operator = (await spoken.service.accounts.byLogin('operator'))?.id;
    const acts = await send('get', `/audit?by=${operator}&act=alert-acknowledged`, { as: 'admin' });
    expect(acts.body.items).toHaveLength(1);
    const first = await send('get', '/audit?limit=3', { as: 'admin' });
    const second = await send('get', `/audit?limit=3&cursor=${first.body.next}`, { as: 'admin' });
    const seqs = [...first.body.items, ...second.body.items].map(({ seq }: { seq: number }) => seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => b - a));
    expect(new Set(seqs).size).toBe(6);
    expect((await send('get', '/audit/chain', { as: 'admin' })).body.kind).toBe('whole');
  });
});

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1 and names every route, its permission and its schemas', async () => {
    const { body } = await send('get', '/openapi.json', { as: 'psychologist' });
    const outcome = await new Validator().validate(structuredClone(body));
    expect(outcome.errors).toBeUndefined();
    expect(outcome.valid).toBe(true);
    for (const { method, path, permission } of endpoints) {
      const operation = body.paths[path]?.[method];
      expect(operation, `${method} ${path}`).toMatchObject({ 'x-permission': permission });
      expect(operation.responses['200'].content['application/json'].schema).toBeDefined();
    }
    expect(body.paths['/accounts/{id}'].patch.responses['412']).toBeDefined();
    expect(body.paths['/accounts/{id}'].patch.parameters).toContainEqual(
      expect.objectContaining({ in: 'header', name: 'If-Match', required: true }),
    );
  });
});

describe('the diary by API', () => {
  const path = '/sites/eae-strasbourg';
  const tag = (headers: Headers): Record<string, string> => ({ 'if-match': headers.get('etag') ?? '' });

  it('shows both versions to whoever edits what was changed since', async () => {
    const read = await send('get', path, { as: 'coordinator' });
    const put = (accessibility: string) =>
      send('put', path, {
        as: 'coordinator',
        headers: tag(read.headers),
        body: { ...read.body, accessibility },
      });
    expect(await put('Ascenseur')).toMatchObject({ status: 200, body: { accessibility: 'Ascenseur' } });
    expect(await put('Rampe')).toMatchObject({
      status: 412,
      body: { current: { accessibility: 'Ascenseur' }, given: { accessibility: 'Rampe' } },
    });
    expect((await send('put', path, { as: 'coordinator', body: read.body })).status).toBe(428);
  });

  it('lists openings by cursor, changes one that was seen, and names what will not do', async () => {
    const first = await send('get', '/availability?limit=2', { as: 'coordinator' });
    const next = await send('get', `/availability?limit=2&cursor=${first.body.next}`, { as: 'coordinator' });
    expect(next.body.items[0].id).not.toBe(first.body.items[1].id);
    const { mark, ...rule } = first.body.items[0];
    const put = (body: object) =>
      send('put', '/availability', { as: 'coordinator', headers: { 'if-match': `"${mark}"` }, body });
    const refused = await put({ ...rule, from: '9h' });
    expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining('from') } });
    expect((await put({ ...rule, lastDate: '2027-12-31' })).status).toBe(200);
    expect((await put(rule)).status).toBe(412);
  });

  it('tells the coverage of a week, and the bookings to look after', async () => {
    const { body } = await send('get', '/coverage?week=2026-03-04', { as: 'coordinator' });
    expect(body.items[0]).toMatchObject({ week: '2026-03-02', taken: 0, first: expect.any(String) });
    expect(await send('get', '/bookings-to-look-after', { as: 'coordinator' })).toMatchObject({
      body: { items: [], next: null },
    });
  });
});

describe('opening hours and the directory', () => {
  it('are edited over the version that was seen, else both versions are answered', async () => {
    const { body: listed } = await send('get', '/opening-hours', { as: 'coordinator' });
    const entry = listed.items.find(({ service }: { service: string }) => service === 'operators');
    const put = (version: number, holidays: string) =>
      send('put', '/opening-hours/operators/national', {
        as: 'coordinator',
        headers: { 'if-match': `"${version}"` },
        body: { hours: { ...entry.hours, holidays } },
      });
    const saved = await put(entry.version, 'as-usual');
    expect([saved.status, saved.headers.get('etag')]).toEqual([200, '"1"']);
    expect(await put(entry.version, 'closed')).toMatchObject({
      status: 412,
      body: {
        current: { version: 1, hours: { holidays: 'as-usual' } },
        given: { hours: { holidays: 'closed' } },
      },
    });
  });

  it('take whole entries only, and withdraw one by null', async () => {
    const { body: listed } = await send('get', '/directory', { as: 'admin' });
    const { serviceId, service } = listed.items[0];
    const put = (wanted: unknown, version = 0) =>
      send('put', `/directory/${serviceId}`, {
        ...{ as: 'admin' as const, headers: { 'if-match': `"${version}"` }, body: { service: wanted } },
      });
    expect((await put({ ...service, contacts: 'none' })).status).toBe(400);
    expect((await put(null)).body).toEqual({ serviceId, version: 1, service: null });
    expect(await put(service)).toMatchObject({
      status: 412,
      body: { current: { service: null, version: 1 } },
    });
    expect((await put(service, 1)).status).toBe(200);
  });

  it('are answered beside figures of which no small count is told', async () => {
    await spoken.service.stores.counts.add('2026-02-03', { 'unanswered|caller-left': 3 });
    const { status, body } = await send('get', '/figures', { as: 'admin' });
    expect([status, body.year, body.until, body.live.openAlerts]).toEqual([200, 2026, '2026-02-28', 0]);
    const unanswered = body.tables.find(({ id }: { id: string }) => id === 'unanswered');
    expect(unanswered.rows[0]).toEqual({ row: 'caller-left', shown: { kind: 'few' } });
  });

  it('stand beside callbacks and the waiting list', async () => {
    for (const path of ['/callbacks', '/waiting-list'])
      expect(await send('get', path, { as: 'coordinator' })).toMatchObject({
        ...{ status: 200, body: { items: [], next: null } },
      });
    const claim = await send('post', '/callbacks/unknown/claim', { as: 'operator' });
    expect(claim.status).toBe(404);
  });
});
