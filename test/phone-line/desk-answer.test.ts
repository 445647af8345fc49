import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callerNamed, type LineOffice, lineOffice, responderNamed } from '../support/line-office.js';

let office: LineOffice;
beforeEach(async () => {
  office = await lineOffice();
});
afterEach(() => office.remove());

const dominique = responderNamed('dominique');
const sacha = responderNamed('sacha');

describe('a call seen from a screen', () => {
  it('is shown to whom it rings, and to nobody else', async () => {
    const id = await office.line.request(callerNamed('caller'), 'immediate');
    await office.line.advance(id);
    expect(await office.line.ringingAt(dominique)).toEqual({ request: id, reason: 'immediate' });
    expect(await office.line.ringingAt(sacha)).toBeUndefined();
    await office.accept(id, 'dominique');
    expect(await office.line.ringingAt(dominique)).toBeUndefined();
  });

  it('refused there stops at once and rings the next; twice, or by another, it is nothing', async () => {
    const id = await office.line.request(callerNamed('caller'), 'immediate');
    await office.line.advance(id);
    expect(await office.line.refuse(id, sacha)).toBe('not-ringing');
    expect(await office.line.refuse(id, dominique)).toBe('refused');
    expect([office.rung, office.ended]).toEqual([['dominique', 'sacha'], ['leg-dominique']]);
    expect(await office.line.refuse(id, dominique)).toBe('not-ringing');
    expect(await office.line.ringingAt(sacha)).toEqual({ request: id, reason: 'immediate' });
  });

  it('counts as missed like a refusal by phone, but never for danger', async () => {
    const missed = async () => (await office.stores.duties.get(dominique))?.missed;
    const id = await office.line.request(callerNamed('caller'), 'immediate');
    await office.line.advance(id);
    await office.line.refuse(id, dominique);
    expect(await missed()).toBe(1);
    await office.line.leave(id);
    const vital = await office.line.request(callerNamed('other'), 'vital');
    await office.line.advance(vital);
    expect(await office.line.refuse(vital, dominique)).toBe('refused');
    expect(await missed()).toBe(1);
  });
});
