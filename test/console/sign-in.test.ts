import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeFor } from '../../src/accounts/second-factor.js';
import { SECOND } from '../../src/kernel/clock.js';
import { DEMONSTRATION_PASSWORD } from '../../src/operations/demonstration.js';
import { runningService, type TestService } from '../support/running-service.js';

let running: TestService;
beforeAll(async () => {
  running = await runningService({ DEMO: '1' });
});
afterAll(() => running.remove());

/** A browser's part: it keeps the cookie. */
function browser() {
  let cookie = '';
  const send = async (path: string, form?: Record<string, string>) => {
    const response = await fetch(`${running.url}/console${path}`, {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
    const set = response.headers.get('set-cookie');
    if (set !== null) cookie = set.split(';')[0] ?? '';
    return { status: response.status, to: response.headers.get('location'), text: await response.text() };
  };
  const csrf = async (path: string): Promise<string> =>
    /name="csrf" value="([^"]+)"/.exec((await send(path)).text)?.[1] ?? '';
  return { send, csrf };
}

const shownCode = (page: string): string => /data-demonstration-code>(\d{6})</.exec(page)?.[1] ?? '';

describe('signing in', () => {
  it('takes a password, then a code that the demonstration shows', async () => {
    const { send } = browser();
    const password = { login: 'andrea', password: DEMONSTRATION_PASSWORD };
    expect(await send('/sign-in', password)).toMatchObject({ status: 303, to: '/console/sign-in/code' });
    expect(await send('/')).toMatchObject({ status: 303, to: '/console/sign-in' });
    expect((await send('/sign-in/code', { code: '000000' })).status).toBe(401);
    const page = await send('/sign-in/code');
    expect(await send('/sign-in/code', { code: shownCode(page.text) })).toMatchObject({
      status: 303,
      to: '/console',
    });
    expect((await send('/')).status).toBe(200);
  });

  it('lands everybody on a page they may open', async () => {
    for (const [login, home] of [
      ['psy1', '/console'],
      ['morgan', '/console/tableau'],
    ] as const) {
      const { send } = browser();
      await send('/sign-in', { login, password: DEMONSTRATION_PASSWORD });
      const code = shownCode((await send('/sign-in/code')).text);
      expect((await send('/sign-in/code', { code })).to).toBe(home);
      expect((await send(home.replace('/console', '') || '/')).status).toBe(200);
    }
  });

  it('enrols an authenticator at the first time, and shows the recovery codes once', async () => {
    const { accounts } = running.service;
    const password = 'girafes-dormeuses';
    await accounts.add({ login: 'nour', pseudonym: 'Nour', roles: ['operator'], password });
    const first = browser();
    expect((await first.send('/sign-in', { login: 'nour', password })).to).toBe('/console/sign-in/enrolment');
    const page = (await first.send('/sign-in/enrolment')).text;
    expect(page).toContain('<svg');
    const secret = (/class="secret">([A-Z2-7 ]+)</.exec(page)?.[1] ?? '').replaceAll(' ', '');
    expect((await first.send('/sign-in/enrolment', { code: '000000' })).status).toBe(401);
    const done = await first.send('/sign-in/enrolment', { code: codeFor(secret, running.clock.now()) });
    const codes = [...done.text.matchAll(/<code>([a-z2-7-]{19})<\/code>/g)].map(([, code]) => code ?? '');
    expect(codes).toHaveLength(10);
    expect((await first.send('/')).status).toBe(200);

    const second = browser();
    await second.send('/sign-in', { login: 'nour', password });
    expect((await second.send('/sign-in/code')).text).toContain('Code à 6 chiffres');
    const [code = ''] = codes;
    expect((await second.send('/sign-in/code', { code })).to).toBe('/console/compte?said=recovered');
    expect((await second.send('/compte')).text).toContain('encore utilisables : 9');
  });

  it('shows one’s sessions, ends them all, and changes the password', async () => {
    const { send, csrf } = browser();
    await send('/sign-in', { login: 'psy2', password: DEMONSTRATION_PASSWORD });
    running.clock.advance(60 * SECOND);
    const code = shownCode((await send('/sign-in/code')).text);
    await send('/sign-in/code', { code });
    const token = await csrf('/compte');
    expect((await send('/compte')).text).toContain('Celle-ci');
    const form = { csrf: token, current: DEMONSTRATION_PASSWORD, next: 'a new long password' };
    const change = (fields: Record<string, string>) => send('/compte/password', { ...form, ...fields });
    expect((await change({ again: 'another' })).to).toContain('said=mismatch');
    expect((await change({ next: 'short', again: 'short' })).to).toContain('said=short');
    expect((await change({ current: 'wrong', again: form.next })).to).toContain('said=wrong');
    expect((await change({ again: form.next })).to).toBe('/console/sign-in');
    expect((await send('/compte')).to).toBe('/console/sign-in');
    expect((await send('/sign-in', { login: 'psy2', password: form.next })).to).toBe('/console/sign-in/code');
  });

  it('takes a desk phone from whoever may be rung, encrypts it and never shows it', async () => {
    const { send, csrf } = browser();
    const { accounts, secrets } = running.service;
    running.clock.advance(60 * SECOND);
    await send('/sign-in', { login: 'andrea', password: DEMONSTRATION_PASSWORD });
    await send('/sign-in/code', { code: shownCode((await send('/sign-in/code')).text) });
    const token = await csrf('/compte');
    const give = (number: string) => send('/compte/desk-phone', { csrf: token, number });
    for (const wrong of ['', '12', 'zéro six', '06 39 98'])
      expect((await give(wrong)).to).toContain('said=phone-wrong');
    expect((await give('01 99 00 03 55')).to).toContain('said=phone-failed');
    expect((await send('/compte')).text).toContain('pas encore vérifié');
    const account = await accounts.byLogin('andrea');
    const sealed = account?.deskPhone ?? '';
    expect(sealed).not.toContain('199000355');
    expect(secrets.open('desk-phone', sealed, account?.id ?? '')).toBe('+33199000355');
    expect((await send('/compte')).text).not.toMatch(/99 ?00 ?03 ?55/);
    expect((await send('/compte/desk-phone/remove', { csrf: token })).to).toContain('said=phone-removed');
    expect((await accounts.byLogin('andrea'))?.deskPhone).toBeNull();
  });

  it('makes a token that is shown once, opens the staff API, and ends when it is removed', async () => {
    const { send, csrf } = browser();
    running.clock.advance(60 * SECOND);
    await send('/sign-in', { login: 'camille', password: DEMONSTRATION_PASSWORD });
    await send('/sign-in/code', { code: shownCode((await send('/sign-in/code')).text) });
    const made = (await send('/compte/tokens', { csrf: await csrf('/compte'), label: 'script' })).text;
    const token = /class="secret">(nu_[\w-]{43})</.exec(made)?.[1] ?? '';
    const me = async (): Promise<number> => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${running.url}/api/v1/me`, { headers })).status;
    };
    expect(await me()).toBe(200);
    const page = (await send('/compte')).text;
    expect(page).not.toContain(token);
    const id = /name="id" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect((await send('/compte/tokens/revoke', { csrf: await csrf('/compte'), id })).to).toContain(
      'token-revoked',
    );
    expect(await me()).toBe(401);
  });

  it('slows down after three wrong passwords, and says how long', async () => {
    const { send } = browser();
    const wrong = { login: 'camille', password: 'another long password' };
    for (let count = 0; count < 3; count += 1) expect((await send('/sign-in', wrong)).status).toBe(401);
    const slowed = await send('/sign-in', { ...wrong, password: DEMONSTRATION_PASSWORD });
    expect(slowed.text).toMatch(/dans 2 secondes/);
  });
});
