import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/kernel/clock.js';
import { asId, type StaffId } from '../../src/kernel/ids.js';
import { maskedParts } from '../../src/privacy/masked-parts.js';
import { type SpokenService, spokenService, type Talk } from '../support/spoken-service.js';

const camille = asId<StaffId>('camille');
const sacha = asId<StaffId>('sacha');
const ENTRANCE = 'au deuxième étage, 12 rue des Lilas à Strasbourg';

let spoken: SpokenService;
beforeEach(async () => {
  spoken = await spokenService();
});
afterEach(() => spoken.close());

async function inDanger(): Promise<{ talk: Talk; alert: never }> {
  const talk = await spoken.talk('web');
  await talk.say('je veux mourir, rappelez-moi au 06 39 98 00 17');
  const [alert] = await spoken.service.alerts.live(1);
  if (alert === undefined) throw new Error('no alert');
  return { talk, alert: alert.id as never };
}
const revealed = async (alert: never, by = camille) => {
  const outcome = await spoken.service.help.reveal(alert, by);
  return outcome.kind === 'revealed' ? outcome.contacts : outcome.kind;
};

describe('what may bring help to somebody in danger', () => {
  it('is what the transcript masks from the words of danger on, and the whole answer to "where are you"', async () => {
    const { talk, alert } = await inDanger();
    await talk.say(ENTRANCE);
    await talk.say('je m’appelle Jeanne Vasseur');
    const transcript = await spoken.service.desk.transcript(talk.id);
    expect(JSON.stringify(transcript?.messages)).not.toMatch(/06 39 98|Lilas|Vasseur/);
    await spoken.service.alerts.acknowledge(alert, camille);
    expect(await revealed(alert)).toEqual(
      expect.arrayContaining([
        { kind: 'tel', value: '06 39 98 00 17' },
        { kind: 'lieu', value: ENTRANCE },
        { kind: 'nom', value: 'Jeanne Vasseur' },
      ]),
    );
  });

  it('is not kept of what was said before there was danger', async () => {
    const talk = await spoken.talk('web');
    await talk.say('je m’appelle Jeanne Vasseur et j’habite 12 rue des Lilas');
    await talk.say('je veux mourir');
    const [alert] = await spoken.service.alerts.live(1);
    await spoken.service.alerts.acknowledge(alert?.id as never, camille);
    expect(await revealed(alert?.id as never)).toEqual([]);
  });

  it('is shown to the owner of the alert and nobody else, and only while it is open', async () => {
    const { talk, alert } = await inDanger();
    expect(await revealed(alert)).toBe('not-yours');
    await spoken.service.alerts.acknowledge(alert, camille);
    expect(await revealed(alert, sacha)).toBe('not-yours');
    expect(await revealed(alert)).toHaveLength(1);
    await spoken.service.alerts.close(alert, camille, 'safe-now');
    await spoken.service.help.alertClosed(talk.id);
    expect(await revealed(alert)).toBe('not-yours');
  });

  it('is written in the audit each time, before it is shown', async () => {
    const { alert } = await inDanger();
    await spoken.service.alerts.acknowledge(alert, camille);
    await revealed(alert, sacha);
    await revealed(alert);
    await revealed(alert);
    const { entries } = await spoken.service.audit.list({ limit: 50 });
    const reveals = entries.filter(({ act }) => act === 'contact-revealed');
    expect(reveals.map(({ by, on }) => [by, on])).toEqual([
      ['camille', alert],
      ['camille', alert],
    ]);
  });

  it('is destroyed twenty-four hours after the alert closes, and not before', async () => {
    const { talk, alert } = await inDanger();
    const { stores, contacts, alerts, help } = spoken.service;
    spoken.clock.advance(3 * DAY);
    expect(await contacts.destroyDue()).toBe(0);
    await alerts.acknowledge(alert, camille);
    await alerts.close(alert, camille, 'safe-now');
    await help.alertClosed(talk.id);
    spoken.clock.advance(DAY - 1);
    expect(await contacts.destroyDue()).toBe(0);
    expect(await stores.vault.of(talk.id, 10)).toHaveLength(1);
    spoken.clock.advance(1);
    expect(await contacts.destroyDue()).toBe(1);
    expect(await stores.vault.of(talk.id, 10)).toEqual([]);
  });

  it('is kept once however often it is said, and goes with "erase my conversation"', async () => {
    const { talk, alert } = await inDanger();
    for (let count = 0; count < 3; count += 1) await talk.say('rappelez-moi au 06 39 98 00 17');
    const kept = await spoken.service.stores.vault.of(talk.id, 100);
    expect(kept.length).toBeLessThanOrEqual(2);
    await spoken.service.conversations.erase(talk.id);
    await spoken.service.alerts.acknowledge(alert, camille);
    spoken.clock.advance(MINUTE);
    expect(await revealed(alert)).toEqual([]);
  });

  it('is kept while a person answers, too', async () => {
    const { talk, alert } = await inDanger();
    await spoken.service.desk.claim(talk.id, { id: camille, pseudonym: 'Camille' });
    await talk.say('je suis 3 impasse du Moulin à Saverne');
    expect(JSON.stringify(await revealed(alert))).toContain('impasse du Moulin');
  });
});

describe('the parts of a text that are masked', () => {
  it.each([
    ['je suis 12 rue des Lilas et j’attends', [{ kind: 'adresse', value: '12 rue des Lilas' }]],
    ['mon numéro est le 06 39 98 00 01', [{ kind: 'tel', value: '06 39 98 00 01' }]],
    ['06 39 98 00 01', [{ kind: 'tel', value: '06 39 98 00 01' }]],
    [
      'je m’appelle Jean Dupont, mon numéro est le 06 39 98 00 01 merci',
      [
        { kind: 'nom', value: 'Jean Dupont' },
        { kind: 'tel', value: '06 39 98 00 01' },
      ],
    ],
    ['mon adresse est jean.dupont@example.org', []],
    ['rien de particulier', []],
  ])('are found in « %s »', (text, parts) => {
    expect(maskedParts(text)).toEqual(parts);
  });
});
