import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/accounts/account.js';
import { ROLES } from '../../src/accounts/account.js';
import { may } from '../../src/accounts/permissions.js';
import { staffRoutes } from '../../src/console/console.js';
import type { StaffRoutes } from '../../src/console/staff-routes.js';
import { bilanWords } from '../../src/operations/bilan-words-of.js';
import { signInAs } from '../support/sign-in-as.js';
import { type SpokenService, spokenService } from '../support/spoken-service.js';

const PASSWORD = 'a long enough password';
/** Routes anybody may reach: the door itself. */
const OPEN = [
  ...['/sign-in', '/sign-in/code', '/sign-in/enrolment'].flatMap((path) => [`get ${path}`, `post ${path}`]),
  'get /assets/bilan.css',
];

let spoken: SpokenService;
let routes: StaffRoutes;
let server: Server;
let url: string;
const stopping = new AbortController();
beforeAll(async () => {
  spoken = await spokenService();
  const { service, clock } = spoken;
  for (const role of ROLES)
    await service.accounts.add({ login: role, pseudonym: role, roles: [role], password: PASSWORD });
  routes = staffRoutes({
    ...service,
    stopping: stopping.signal,
    clock,
    translate: service.translations.written,
    secureCookies: false,
    bilanWords: bilanWords(service.translations),
    purge: async () => [],
  });
  const app = express();
  app.use('/console', routes.router);
  app.use(((error, _request, response, _next) => {
    response.status(error.status ?? 500).end();
  }) as express.ErrorRequestHandler);
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/console`;
});
afterAll(async () => {
  stopping.abort();
  await new Promise((resolve) => server.close(resolve));
  await spoken.close();
});

const send = (method: string, path: string, cookie = '', body?: Record<string, string>) =>
  fetch(url + path.replace(':id', 'unknown'), {
    method: method.toUpperCase(),
    redirect: 'manual',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    ...(body === undefined ? {} : { body: new URLSearchParams(body).toString() }),
  });

const signIn = (role: Role): Promise<string> => signInAs(spoken.service, role);

/** What express itself knows, so that a route added around the guard is found. */
const allRoutes = (): string[] =>
  routes.router.stack.flatMap(({ route }) => {
    if (route === undefined) return [];
    const methods = (route as unknown as { methods: Record<string, boolean> }).methods;
    return Object.keys(methods).map((method) => `${method} ${route.path}`);
  });

describe('the staff pages', () => {
  it('declare a permission, all but the door', () => {
    const declared = routes.declared.map(({ method, path }) => `${method} ${path}`);
    expect(
      allRoutes()
        .filter((route) => !OPEN.includes(route))
        .sort(),
    ).toEqual(declared.sort());
    expect(declared.length).toBeGreaterThan(5);
  });

  it('send whoever has not signed in to the door', async () => {
    for (const { method, path } of routes.declared) {
      const response = await send(method, path, '', method === 'post' ? {} : undefined);
      expect([path, response.status, response.headers.get('location')]).toEqual([
        path,
        303,
        '/console/sign-in',
      ]);
    }
  });

  it.each(ROLES)('refuse a %s what the role does not allow', async (role) => {
    const cookie = await signIn(role);
    const account = (await spoken.service.accounts.list()).find(({ login }) => login === role);
    if (account === undefined) throw new Error('no account');
    for (const { method, path, permission } of routes.declared.filter(({ path }) => path !== '/sign-out')) {
      const response = await send(method, path, cookie, method === 'post' ? {} : undefined);
      if (!may(account, permission) || method === 'post')
        expect([path, response.status]).toEqual([path, 403]);
      else expect(response.status).not.toBe(403);
    }
  });

  it('refuse a form without its token', async () => {
    const cookie = await signIn('operator');
    expect((await send('post', '/conversations/unknown/claim', cookie, { csrf: 'guess' })).status).toBe(403);
    const page = await (await send('get', '/', cookie)).text();
    const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect((await send('post', '/conversations/unknown/claim', cookie, { csrf })).status).toBe(303);
  });

  it('show the words masked, with no number and no code', async () => {
    const talk = await spoken.talk('web');
    await talk.say('je m’appelle Jean Dupont, mon numéro est le 06 39 98 00 01');
    await talk.say('une personne s’il vous plaît');
    const cookie = await signIn('operator');
    const page = await (await send('get', `/conversations/${talk.id}`, cookie)).text();
    expect(page).toContain('[tel]');
    expect(page).not.toMatch(/06 39 98 00 01|Dupont/);
  });
});

describe('the statistics', () => {
  it('show the bilan of a year with small counts hidden, and how the jobs ended', async () => {
    await spoken.service.stores.counts.add('2025-06-01', { 'contacts|web': 321, 'needs|crise': 3 });
    const now = spoken.clock.now();
    const ended = { startedAt: now, endedAt: now, outcome: 'failed', count: 0, version: 1 } as const;
    await spoken.service.stores.jobs.save({ name: 'sweep', dueAt: now, lease: null, ...ended });
    const cookie = await signIn('coordinator');
    const bilan = await (await send('get', '/bilan?year=2025', cookie)).text();
    expect(bilan).toContain('Bilan d’activité 2025');
    expect(bilan).toContain('321');
    expect(bilan).toContain('Danger immédiat</th><td>&#60; 5</td>');
    expect(await (await send('get', '/jobs', cookie)).text()).toContain('sweep</th><td>En échec</td>');
    expect((await send('get', '/bilan', await signIn('psychologist'))).status).toBe(403);
  });
});
