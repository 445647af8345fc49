import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSideDesk, type SideDesk } from '../../src/console/desk/side-desk.js';
import { asId, type StaffId } from '../../src/kernel/ids.js';
import { type SpokenService, spokenService, type Talk } from '../support/spoken-service.js';

const camille = { id: asId<StaffId>('camille'), pseudonym: 'Camille' };
const sacha = { id: asId<StaffId>('sacha'), pseudonym: 'Sacha' };

let spoken: SpokenService;
let side: SideDesk;
beforeEach(async () => {
  spoken = await spokenService();
  const { service, clock } = spoken;
  side = createSideDesk({ ...service, clock, translate: service.translations.written });
});
afterEach(() => spoken.close());

const mine = async (): Promise<Talk> => {
  const talk = await spoken.talk('web');
  await talk.say('une personne s’il vous plaît');
  await spoken.service.desk.claim(talk.id, camille);
  return talk;
};
const codeIn = (text: string): string => /\d{3} \d{3} \d{3}/.exec(text)?.[0] ?? '';
const seenBy = async (talk: Talk) => ({
  caller: (await spoken.service.conversations.transcript(talk.id, 0, 500)) ?? [],
  staff: (await spoken.service.desk.transcript(talk.id))?.messages ?? [],
});

describe('booking from beside a conversation', () => {
  it('sends the caller the card and the code, which the desk never shows', async () => {
    const talk = await mine();
    const [first] = await side.slots({ mode: 'telephone', department: '' });
    if (first === undefined) throw new Error('no slot');
    expect(await side.book(talk.id, camille, first.slot)).toEqual({ kind: 'done' });
    const { caller, staff } = await seenBy(talk);
    const sent = caller.at(-1);
    expect(sent?.card).toMatchObject({ kind: 'appointment', start: first.slot.start });
    const code = codeIn(sent?.text ?? '');
    expect(code).not.toBe('');
    expect(JSON.stringify(staff)).not.toContain(code);
    expect(JSON.stringify(staff)).not.toContain(code.replaceAll(' ', ''));
    expect(await side.check(code, camille.id)).toMatchObject({
      kind: 'found',
      booking: { mode: 'telephone' },
    });
    const { entries } = await spoken.service.audit.list({ limit: 10 });
    expect(entries.map(({ act }) => act)).toContain('booking-made');
    expect(JSON.stringify(entries)).not.toContain(code.replaceAll(' ', ''));
  });

  it('offers the sites of the caller’s department, then of their académie', async () => {
    const near = await side.slots({ mode: 'face_to_face', department: '67' });
    expect(near.length).toBeGreaterThan(0);
    expect(near.every(({ place, address }) => place !== '' && address !== '')).toBe(true);
  });

  it('tells one of two operators that the time was just taken', async () => {
    const [one, two] = [await mine(), await mine()];
    const [first] = await side.slots({ mode: 'face_to_face', department: '67' });
    if (first === undefined) throw new Error('no slot');
    const outcomes = await Promise.all([one, two].map(({ id }) => side.book(id, camille, first.slot)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['done', 'slot-taken']);
  });

  it('is for who has the conversation; on the phone the code is told to be said aloud', async () => {
    const talk = await mine();
    const [first] = await side.slots({ mode: 'telephone', department: '' });
    if (first === undefined) throw new Error('no slot');
    expect((await side.book(talk.id, sacha, first.slot)).kind).toBe('not-mine');
    const call = await spoken.talk('phone');
    const outcome = await side.book(call.id, sacha, first.slot);
    expect(outcome.kind === 'said' && codeIn(outcome.text)).toMatch(/\d/);
  });
});

describe('pointing to a service from beside a conversation', () => {
  it('sends the card of the services that were chosen', async () => {
    const talk = await mine();
    const query = { need: 'social_financier', department: '67' } as const;
    const [first, second] = await side.services(query);
    if (first === undefined) throw new Error('no service');
    const services = [first.service.id];
    expect(await side.orient(talk.id, camille, { ...query, services })).toEqual({ kind: 'done' });
    const sent = (await seenBy(talk)).caller.at(-1);
    expect(sent?.card).toMatchObject({ kind: 'services', services: [{ name: first.service.name.fr }] });
    if (second !== undefined) expect(sent?.text).not.toContain(second.service.name.fr);
    expect((await side.orient(talk.id, sacha, { ...query, services })).kind).toBe('not-mine');
  });
});

describe('a code said at the door', () => {
  it('that is wrong finds nothing, as often as it is said', async () => {
    for (let count = 0; count < 8; count += 1)
      expect(await side.check('111 111 111', camille.id)).toEqual({ kind: 'not-found' });
  });
});
