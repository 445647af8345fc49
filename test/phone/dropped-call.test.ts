import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/kernel/clock.js';
import { type RingingService, ringingService } from '../support/ringing-service.js';
import { postSigned } from '../support/webhook-phone.js';

const NUMBER = '+33639980033';
const ASKED = 'Avons-nous été coupés';

let office: RingingService;
beforeEach(async () => {
  office = await ringingService();
});
afterEach(() => office.remove());

async function droppedCall(number: string): Promise<void> {
  const caller = office.phone(number);
  await caller.dial();
  await caller.say('je voudrais des nouvelles de mes girafes');
  const over = { CallSid: caller.sid, From: number, CallStatus: 'completed' };
  await postSigned(office.running, '/twilio/status', over);
}

describe('a call that was cut off', () => {
  it('may be gone on with for fifteen minutes, after asking, and nothing is read back', async () => {
    await droppedCall(NUMBER);
    office.running.clock.advance(15 * MINUTE - 1);
    const caller = office.phone(NUMBER);
    expect((await caller.dial()).said).toContain(ASKED);
    expect((await caller.keys('1')).said).toContain('Merci d’avoir rappelé');
    expect(caller.last.said).not.toContain('girafes');
    const id = /c=([\w-]+)/.exec(caller.last.action)?.[1] ?? '';
    const earlier = await office.running.service.chatCodes.chatOf(id as never);
    const messages = await office.running.service.conversations.staffTranscript(earlier as never, 0, 50);
    expect(JSON.stringify(messages)).toContain('girafes');
  });

  it('is not asked about later, nor of another number, nor of a withheld one', async () => {
    await droppedCall(NUMBER);
    await droppedCall('+266696687');
    expect((await office.phone('+33639980034').dial()).said).not.toContain(ASKED);
    expect((await office.phone('+266696687').dial()).said).not.toContain(ASKED);
    office.running.clock.advance(15 * MINUTE);
    expect((await office.phone(NUMBER).dial()).said).not.toContain(ASKED);
  });

  it('is left alone when it was somebody else, or when something else is said', async () => {
    await droppedCall(NUMBER);
    const other = office.phone(NUMBER);
    await other.dial();
    expect((await other.keys('2')).said).toContain('Dites-moi ce qui vous amène');
    const third = office.phone(NUMBER);
    await third.dial();
    expect((await third.say('je voudrais prendre rendez-vous avec un psychologue')).said).toContain(
      'Que préférez-vous',
    );
    const id = /c=([\w-]+)/.exec(third.last.action)?.[1] ?? '';
    expect(await office.running.service.chatCodes.chatOf(id as never)).toBeUndefined();
  });

  it('answers all the same when earlier calls cannot be looked up', async () => {
    office.running.service.stores.droppedCalls.get = async () => {
      throw new Error('down');
    };
    expect((await office.phone(NUMBER).dial()).said).toContain('numéro unique');
  });
});
