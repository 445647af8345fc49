import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Identities, startIdentities } from '../support/identities.js';
import { runningService, type TestService } from '../support/running-service.js';

let identities: Identities;
let running: TestService;

beforeAll(async () => {
  identities = await startIdentities();
});
afterAll(() => identities.close());

beforeEach(async () => {
  identities.roles.clear();
  identities.roles.set('ines', ['numero-operateur', 'autre-application']);
  identities.roles.set('theo', ['autre-application']);
  running = await runningService(identities.environment);
  identities.serve(running.url);
});
afterEach(() => running.remove());

/** A browser: cookies per origin, redirects followed by hand, forms filled in. */
function browser() {
  const jars = new Map<string, Map<string, string>>();
  const open = async (address: string, form?: Record<string, string>): Promise<Response> => {
    const { origin } = new URL(address);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, {
      ...{ redirect: 'manual', headers: { cookie } },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split(/=(.*)/s);
      jar.set(name, value);
    }
    return response;
  };
  const follow = async (address: string, form?: Record<string, string>): Promise<Response> => {
    let response = await open(address, form);
    let at = address;
    for (let hops = 0; hops < 10; hops += 1) {
      const location = response.headers.get('location');
      if (location === null) break;
      at = new URL(location, at).href;
      if (at.includes('/console/sign-in/provider/back')) return open(at);
      response = await open(at);
    }
    return response;
  };
  return { open, follow, jars };
}

/** The provider's own development pages: a name, any password, then consent. */
async function signIn(name: string, { follow }: ReturnType<typeof browser>): Promise<Response> {
  let response = await follow(`${running.url}/console/sign-in/provider`);
  for (let pages = 0; pages < 3 && response.url.startsWith(identities.issuer); pages += 1) {
    const page = await response.text();
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const form = prompt === 'login' ? { prompt, login: name, password: 'any' } : { prompt };
    response = await follow(new URL(action, identities.issuer).href, form);
  }
  return response;
}

describe('signing in by OpenID Connect', () => {
  it('is offered, makes an account with the mapped role, and asks for no code of ours', async () => {
    const page = await (await fetch(`${running.url}/console/sign-in`)).text();
    expect(page).toContain('href="/console/sign-in/provider"');
    const ines = browser();
    const back = await signIn('ines', ines);
    expect(back.status).toBe(200);
    expect(await back.text()).toContain('http-equiv="refresh" content="0;url=/console"');
    expect((await ines.open(`${running.url}/console`)).status).toBe(200);
    const made = (await running.service.accounts.list()).find(({ id }) => id.startsWith('oidc-'));
    expect(made).toMatchObject({ roles: ['operator'], pseudonym: 'Prénom ines', disabled: false });
    expect(JSON.stringify(made)).not.toContain('"ines"');
  });

  it('makes no account without a mapped role', async () => {
    const theo = browser();
    const back = await signIn('theo', theo);
    expect(back.status).toBe(403);
    expect(await back.text()).toContain('n’a pas de fonction');
    expect((await running.service.accounts.list()).some(({ id }) => id.startsWith('oidc-'))).toBe(false);
    expect((await theo.open(`${running.url}/console`)).status).toBe(303);
  });

  it('follows the provider: other roles at the next sign-in, none and all sessions end', async () => {
    const ines = browser();
    await signIn('ines', ines);
    identities.roles.set('ines', ['numero-admin']);
    await signIn('ines', browser());
    const made = (await running.service.accounts.list()).filter(({ id }) => id.startsWith('oidc-'));
    expect(made.map((account) => account.roles)).toEqual([['admin']]);
    identities.roles.set('ines', []);
    expect((await signIn('ines', browser())).status).toBe(403);
    expect((await ines.open(`${running.url}/console/compte`)).status).toBe(303);
  });

  it('refuses an account that was disabled here', async () => {
    await signIn('ines', browser());
    const made = (await running.service.accounts.list()).find(({ id }) => id.startsWith('oidc-'));
    await running.service.accounts.disable(made?.login ?? '', 'command-line');
    expect((await signIn('ines', browser())).status).toBe(403);
  });

  it.each([
    ['of another browser', () => browser()],
    ['with another state', (own: ReturnType<typeof browser>) => own],
  ])('refuses an answer %s', async (name, of) => {
    const own = browser();
    await own.open(`${running.url}/console/sign-in/provider`);
    const state = name === 'with another state' ? 'guess' : '';
    const answer = `${running.url}/console/sign-in/provider/back?code=x&state=${state}&iss=${identities.issuer}`;
    const refused = await of(own).open(answer);
    expect([400, 403]).toContain(refused.status);
    expect(refused.headers.getSetCookie().some((set) => set.startsWith('console='))).toBe(false);
  });

  it('refuses an answer that comes too late, or twice', async () => {
    const slow = browser();
    const start = await slow.open(`${running.url}/console/sign-in/provider`);
    const state = new URL(start.headers.get('location') ?? '').searchParams.get('state');
    running.clock.advance(10 * 60_000);
    const answer = `${running.url}/console/sign-in/provider/back?code=x&state=${state}&iss=${identities.issuer}`;
    expect((await slow.open(answer)).status).toBe(403);
    const ines = browser();
    const back = await signIn('ines', ines);
    expect((await ines.open(back.url)).status).toBe(400);
  });

  it('asks with PKCE, a state and a nonce', async () => {
    const start = await browser().open(`${running.url}/console/sign-in/provider`);
    const { searchParams } = new URL(start.headers.get('location') ?? '');
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce'])
      expect(searchParams.get(name)?.length).toBeGreaterThan(20);
  });
});
