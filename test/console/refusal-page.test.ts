import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runningService, type TestService } from '../support/running-service.js';
import { signInAs } from '../support/sign-in-as.js';

const BROWSER = 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8';

let running: TestService;
beforeAll(async () => {
  running = await runningService({ DEMO: '1' });
});
afterAll(() => running.remove());

const get = async (path: string, { as, accept = BROWSER }: { as?: string; accept?: string } = {}) =>
  fetch(running.url + path, {
    redirect: 'manual',
    headers: { accept, ...(as === undefined ? {} : { cookie: await signInAs(running.service, as) }) },
  });

describe('what the console refuses', () => {
  it.each([
    ['/console/nowhere', 404, 'Il n’y a rien à cette adresse'],
    ['/console/comptes', 403, 'Votre compte n’y donne pas accès'],
  ])('is said in plain French to whoever opens %s', async (path, status, words) => {
    const response = await get(path, { as: 'camille' });
    const page = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([
      status,
      'text/html; charset=utf-8',
    ]);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).toContain(words);
    expect(page).toContain('href="/console/accueil"');
  });

  it('stays data for scripts, and outside the console', async () => {
    for (const response of [await get('/console/nowhere', { accept: '*/*' }), await get('/consoles')])
      expect([response.status, response.headers.get('content-type')]).toEqual([
        404,
        'application/json; charset=utf-8',
      ]);
  });

  it.each([
    ['camille', '/console'],
    ['morgan', '/console/tableau'],
  ])('leads %s from the name of the console to a page they may open', async (as, home) => {
    const response = await get('/console/accueil', { as });
    expect([response.status, response.headers.get('location')]).toEqual([303, home]);
    expect((await get(home, { as })).status).toBe(200);
  });
});
