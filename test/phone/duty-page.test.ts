import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run-command.js';
import { recordedIo } from '../support/command-io.js';
import { desk } from '../support/desk-phone-page.js';
import { type RingingService, ringingService } from '../support/ringing-service.js';
import { signInAs } from '../support/sign-in-as.js';

let office: RingingService;
beforeEach(async () => {
  office = await ringingService();
});
afterEach(() => office.remove());

async function signedIn(login: string) {
  const { url, service } = office.running;
  const cookie = await signInAs(service, login);
  const page = async () => (await fetch(`${url}/console/permanence`, { headers: { cookie } })).text();
  /** @returns where the form leads */
  const post = async (path: string, fields: Record<string, string>): Promise<string> => {
    const csrf = /name="csrf" value="([^"]+)"/.exec(await page())?.[1] ?? '';
    const body = new URLSearchParams({ csrf, ...fields });
    const form = { method: 'POST', headers: { cookie }, body, redirect: 'manual' } as const;
    return (await fetch(`${url}/console/permanence${path}`, form)).headers.get('location') ?? '';
  };
  return {
    page,
    post,
    switch: (available: 'yes' | 'no') => post('', { available }),
  };
}

describe('duty in the console', () => {
  it('a psychologist goes off duty and on again, and is rung accordingly', async () => {
    const psychologist = await signedIn('psy1');
    expect(await psychologist.page()).toContain('votre téléphone peut sonner');
    await psychologist.switch('no');
    expect(await office.running.service.phoneLine.onDuty()).toMatchObject({ psychologists: 1 });
    await psychologist.switch('yes');
    expect(await office.running.service.phoneLine.onDuty()).toMatchObject({ psychologists: 2 });
  });

  it('the coordinator sees who was paused after two missed calls; a psychologist does not see colleagues', async () => {
    for (let missed = 0; missed < 2; missed += 1) {
      const caller = await office.waiting();
      await expect.poll(() => office.desks().length, { timeout: 5_000 }).toBeGreaterThan(2 * missed);
      await office.desks()[2 * missed]?.ended('no-answer');
      await expect.poll(() => office.desks().length, { timeout: 5_000 }).toBe(2 * missed + 2);
      await caller.hangUp();
    }
    expect(await (await signedIn('andrea')).page()).toMatch(
      /Dominique[\s\S]*En pause après deux appels manqués/,
    );
    const told = office.twilio.requests.filter(({ fields }) =>
      fields.Url?.endsWith('/twilio/notice?n=paused'),
    );
    expect(told.map(({ fields }) => fields.To)).toEqual(['+33199000301']);
    expect(await (await signedIn('psy2')).page()).not.toContain('Dominique');
    expect(await (await signedIn('psy1')).page()).toContain('Vous êtes en pause');
  });

  it('an account gets its desk phone from the command line, where it is never shown, and is rung once verified', async () => {
    const io = recordedIo({ DATA_DIR: office.running.folder });
    const add = ['user', 'add', '--login', 'nour', '--role', 'psychologist', '--desk-phone'];
    expect(await runCommand([...add, '0612'], recordedIo({ DATA_DIR: office.running.folder }))).toBe(2);
    expect(await runCommand([...add, '+33199000199'], io)).toBe(0);
    expect(io.printed.join()).not.toContain('199000199');
    expect(io.printed.join()).toMatch(/shown once: \S+/);
    for (const login of ['psy1', 'psy2']) await (await signedIn(login)).switch('no');
    await (await signedIn('nour')).switch('yes');
    const nour = await desk(office, 'nour');
    await nour.post('/call');
    expect(await nour.post('/code', { code: (await nour.answers()).code })).toContain('phone-code-verified');
    await (await signedIn('nour')).switch('yes');
    await office.waiting();
    await expect
      .poll(() => office.desks().map(({ number }) => number), { timeout: 5_000 })
      .toEqual(['+33199000199']);
  });

  it('shows whoever is rung that the phone rings, and rings the next when they refuse on the page', async () => {
    const caller = await office.waiting();
    await expect.poll(() => office.desks().length, { timeout: 5_000 }).toBe(1);
    const psychologist = await signedIn('psy1');
    const shown = await psychologist.page();
    expect(shown).toContain('Votre téléphone sonne');
    const request = /name="request" value="([^"]+)"/.exec(shown)?.[1] ?? '';
    expect(await psychologist.post('/refuser', { request })).toContain('said=call-refused');
    await expect.poll(() => office.desks().length, { timeout: 5_000 }).toBe(2);
    expect(await psychologist.page()).not.toContain('Votre téléphone sonne');
    expect(await psychologist.post('/refuser', { request })).toContain('said=call-gone');
    await caller.hangUp();
  });
});
