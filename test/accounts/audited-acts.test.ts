import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeFor } from '../../src/accounts/second-factor.js';
import { asId, type StaffId } from '../../src/kernel/ids.js';
import { type SpokenService, spokenService } from '../support/spoken-service.js';

const camille = { id: asId<StaffId>('camille'), pseudonym: 'Camille' };
const sacha = { id: asId<StaffId>('sacha'), pseudonym: 'Sacha' };
const PLANTED = ['0639980001', '06 39 98 00 01', 'Dupont', 'zèbre', 'jean@example.fr'];

let spoken: SpokenService;
beforeEach(async () => {
  spoken = await spokenService();
});
afterEach(() => spoken.close());

const acts = async () => (await spoken.service.audit.list({ limit: 100 })).entries.reverse();

describe('what staff do', () => {
  it('is written down from claim to close, and a lost race is not', async () => {
    const { desk } = spoken.service;
    const { id, say } = await spoken.talk('web');
    await say('je voudrais parler à une personne');
    await desk.claim(id, camille);
    expect((await desk.claim(id, sacha)).kind).toBe('lost');
    await desk.reply(id, camille, 'bonjour');
    await desk.reply(id, sacha, 'bonjour');
    await desk.handBack(id, camille, 'anything');
    await desk.claim(id, sacha);
    await desk.close(id, sacha, { outcome: 'listened', orientation: 'none' });
    expect((await acts()).map(({ by, act, on }) => [by, act, on === id])).toEqual([
      ['camille', 'conversation-claimed', true],
      ['camille', 'conversation-replied', true],
      ['camille', 'conversation-handed-back', true],
      ['sacha', 'conversation-claimed', true],
      ['sacha', 'conversation-closed', true],
    ]);
  });

  it('is written down for an alert, once', async () => {
    const { alerts } = spoken.service;
    const talk = await spoken.talk('web');
    await talk.say('je veux mourir');
    const [alert] = await alerts.live(1);
    if (alert === undefined) throw new Error('no alert');
    await alerts.acknowledge(alert.id, camille.id);
    await alerts.acknowledge(alert.id, sacha.id);
    await alerts.close(alert.id, sacha.id, 'safe-now');
    await alerts.close(alert.id, camille.id, 'safe-now');
    expect((await acts()).map(({ by, act, on }) => [by, act, on])).toEqual([
      ['camille', 'alert-acknowledged', alert.id],
      ['camille', 'alert-closed', alert.id],
    ]);
  });

  it('is written down for accounts: made, signed in and out, refused, reset, disabled', async () => {
    const { accounts, door } = spoken.service;
    const password = 'girafes-dormeuses';
    await accounts.add({ login: 'camille', pseudonym: 'C', roles: ['operator'], password, id: camille.id });
    await door.password('camille', 'a wrong password');
    await door.password('nobody', 'a wrong password');
    const outcome = await door.password('camille', password);
    if (outcome.kind !== 'enrolment-wanted') throw new Error(outcome.kind);
    const shared = await door.enrolment(outcome.token);
    const entered = await door.enrol(outcome.token, codeFor(shared?.secret ?? '', spoken.clock.now()));
    if (entered.kind !== 'signed-in') throw new Error(entered.kind);
    await door.signOut(entered.token);
    await door.signOut(entered.token);
    await accounts.resetPassword('camille', 'another long password', 'command-line');
    await accounts.disable('camille', 'command-line');
    expect((await acts()).map(({ by, act, on }) => [by, act, on])).toEqual([
      ['service', 'account-added', 'camille'],
      ['unknown', 'sign-in-failed', 'camille'],
      ['camille', 'totp-enrolled', ''],
      ['camille', 'signed-in', ''],
      ['camille', 'signed-out', ''],
      ['command-line', 'account-reset', 'camille'],
      ['command-line', 'account-disabled', 'camille'],
    ]);
  });

  it('is written down without anything of the caller', async () => {
    const { desk, alerts, audit } = spoken.service;
    const talk = await spoken.talk('web');
    await talk.say(`je m’appelle Jean ${PLANTED[2]}, ${PLANTED[1]}, ${PLANTED[4]}, ${PLANTED[3]}`);
    await talk.say('je veux mourir');
    await desk.claim(talk.id, camille);
    await desk.reply(talk.id, camille, PLANTED.join(' '));
    await audit.record({ by: camille.id, act: 'transcript-read', on: talk.id });
    const [alert] = await alerts.live(1);
    if (alert !== undefined) await alerts.acknowledge(alert.id, camille.id);
    for (const planted of PLANTED)
      await expect(audit.record({ by: camille.id, act: 'note-added', on: `${planted} ` })).rejects.toThrow();
    const written = JSON.stringify(await acts());
    expect((await acts()).length).toBeGreaterThan(3);
    for (const planted of PLANTED) expect(written).not.toContain(planted);
  });
});
