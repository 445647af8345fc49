import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECOND } from '../../src/kernel/clock.js';
import { callerNamed, type LineOffice, lineOffice, responderNamed } from '../support/line-office.js';

const caller = callerNamed('caller');
const dominique = responderNamed('dominique');

let office: LineOffice;
beforeEach(async () => {
  office = await lineOffice([
    ['sacha', 'psychologist'],
    ['dominique', 'psychologist'],
    ['camille', 'operator'],
  ]);
  // Everybody who has an appointment now, this caller's own psychologist first of all.
  office.busy.add('dominique');
});
afterEach(() => office.remove());

describe('the line at the time of an appointment', () => {
  it('rings the psychologist whose it is, on duty or not, then an operator, and nobody else', async () => {
    await office.line.setAvailable(dominique, 'psychologist', false);
    const id = await office.line.request(caller, 'appointment', { psychologist: dominique });
    await office.line.advance(id);
    expect(office.rung).toEqual(['dominique']);
    office.clock.advance(20 * SECOND);
    await office.line.advance(id);
    expect(office.rung).toEqual(['dominique', 'camille']);
    office.clock.advance(20 * SECOND);
    expect(await office.line.advance(id)).toEqual({ kind: 'ended', because: 'nobody' });
  });

  it('connects the psychologist who presses 1', async () => {
    const id = await office.line.request(caller, 'appointment', { psychologist: dominique });
    await office.line.advance(id);
    expect(await office.accept(id, 'dominique')).toBe('accepted');
    expect(await office.line.advance(id)).toEqual({ kind: 'accepted' });
  });

  it('rings an operator at once when the psychologist is in another call, or was never on the line', async () => {
    const unknown = await office.line.request(caller, 'appointment', {
      psychologist: responderNamed('nobody'),
    });
    await office.line.advance(unknown);
    expect(office.rung).toEqual(['camille']);
  });

  it('never pauses a psychologist who is late for it', async () => {
    for (const conversation of ['one', 'two', 'three']) {
      const id = await office.line.request(callerNamed(conversation), 'appointment', {
        psychologist: dominique,
      });
      await office.line.advance(id);
      await office.line.legEnded(id, dominique, 'unanswered');
    }
    expect(await office.line.onDuty()).toEqual({ psychologists: 2, operators: 1 });
  });
});
