import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AUDIT_ACTS } from '../../src/accounts/audit-entry.js';
import { DAY } from '../../src/kernel/clock.js';
import { runningService, type TestService } from '../support/running-service.js';
import { signInAs } from '../support/sign-in-as.js';

let running: TestService;
let cookie: string;
beforeEach(async () => {
  running = await runningService();
  cookie = await signInAs(running.service, 'morgan');
});
afterEach(() => running.remove());

async function open(path: string, form?: Record<string, string> | [string, string][]) {
  const response = await fetch(`${running.url}/console${path}`, {
    ...{ redirect: 'manual', headers: { cookie } },
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
  });
  return { status: response.status, to: response.headers.get('location') ?? '', text: await response.text() };
}
const csrf = async (): Promise<string> =>
  /name="csrf" value="([^"]+)"/.exec((await open('/comptes')).text)?.[1] ?? '';
const post = async (path: string, fields: Record<string, string> = {}) =>
  open(path, { csrf: await csrf(), ...fields });

describe('the administration of accounts', () => {
  it('makes an account with a password that is shown once, and refuses a login twice', async () => {
    const fields = { login: 'lea', pseudonym: 'Léa', roles: 'operator' };
    const made = await post('/comptes', fields);
    const password = /class="secret">([\w-]{16})</.exec(made.text)?.[1] ?? '';
    expect((await running.service.door.password('lea', password)).kind).toBe('enrolment-wanted');
    expect((await post('/comptes', fields)).to).toContain('said=login-taken');
    expect((await open('/comptes')).text).not.toContain(password);
    expect((await post('/comptes', { login: 'x', pseudonym: 'X' })).status).toBe(400);
  });

  it('changes name and roles, and shows both versions to who comes second', async () => {
    const page = (await open('/comptes/operator-1')).text;
    const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? '';
    const fields = { version, pseudonym: 'Camille B', roles: 'coordinator' };
    expect((await post('/comptes/operator-1', fields)).to).toContain('said=changed');
    const late = await post('/comptes/operator-1', { ...fields, pseudonym: 'Camille C' });
    expect(late.status).toBe(409);
    expect(late.text).toMatch(/Version actuelle[\s\S]*Camille B[\s\S]*Votre version[\s\S]*Camille C/);
    expect((await running.service.accounts.byLogin('camille'))?.pseudonym).toBe('Camille B');
  });

  it('closes, opens and resets an account, never one’s own administration', async () => {
    expect((await post('/comptes/operator-1/disable')).to).toContain('said=disabled');
    expect((await running.service.accounts.byLogin('camille'))?.disabled).toBe(true);
    expect((await post('/comptes/operator-1/enable')).to).toContain('said=enabled');
    expect((await post('/comptes/operator-1/reset-second-factor')).to).toContain('second-factor-reset');
    expect((await open('/comptes/operator-1')).text).toContain('à la prochaine connexion');
    expect((await post('/comptes/operator-1/reset-password')).text).toMatch(/class="secret">[\w-]{16}</);
    expect((await post('/comptes/admin-1/disable')).to).toContain('own-administration');
    expect((await post('/comptes/nobody/disable')).status).toBe(404);
  });
});

describe('the page of the audit', () => {
  it('names every act in words, filters, goes on to older entries and tells that the chain is whole', async () => {
    const { audit, accounts } = running.service;
    const camille = (await accounts.byLogin('camille'))?.id;
    if (camille === undefined) throw new Error('no account');
    for (const act of AUDIT_ACTS.filter((one) => one !== 'audit-trimmed'))
      await audit.record({ by: camille, act });
    const page = (await open('/journal')).text;
    expect(page).toContain('Journal intact');
    expect(page).toContain('purge');
    const shown = page.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    const older = /href="\/console(\/journal\?[^"]+below=\d+)"/.exec(shown)?.[1] ?? 'none';
    expect((await open(older)).text).toContain('connexion');
    const filtered = (await open('/journal?by=operator-1&act=duty-on')).text;
    expect(filtered.match(/<tr><td>/g)).toHaveLength(1);
    expect((await post('/journal')).text).toMatch(/Journal intact : \d+ lignes/);
  });

  it('gives the log as CSV, and writes that down', async () => {
    const csv = (await post('/journal/export')).text.trim().split('\n');
    expect(csv[0]).toBe('seq,at,by,act,on,previous,hash');
    expect(csv[1]).toContain('data-exported');
    expect(csv.length).toBeGreaterThan(5);
  });
});

describe('the page of the data', () => {
  it('shows how long things are kept, as the jobs go by', async () => {
    const page = (await open('/donnees')).text;
    expect(page).toMatch(/Mots des conversations<\/th><td>30 jours/);
    expect(page).toMatch(/Journal des actions<\/th><td>365 jours/);
    expect(page).not.toContain(running.environment.TWILIO_AUTH_TOKEN);
  });

  it('destroys at once what is old enough, and only that', async () => {
    const { conversations } = running.service;
    const old = await conversations.open({ channel: 'web', language: 'fr' });
    running.clock.advance(30 * DAY + 1);
    const young = await conversations.open({ channel: 'web', language: 'fr' });
    cookie = await signInAs(running.service, 'morgan');
    expect((await post('/donnees/purge')).text).toMatch(/destroy-old-words<\/code> : 1</);
    expect(await conversations.transcript(old.id, 0, 10)).toBeUndefined();
    expect(await conversations.transcript(young.id, 0, 10)).toBeDefined();
    const [entry] = (await running.service.audit.list({ limit: 1, act: 'data-purged' })).entries;
    expect(entry?.by).toBe('admin-1');
  });

  it('gives the counts as CSV', async () => {
    await running.service.stores.counts.add('2026-03-01', { 'contacts|web': 7 });
    expect((await post('/donnees/export')).text).toContain('2026-03-01,contacts|web,7');
  });
});
