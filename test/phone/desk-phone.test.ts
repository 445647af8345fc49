import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CODE_MINUTES, CODE_TRIES } from '../../src/accounts/desk-phones.js';
import { MINUTE, SECOND } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { desk } from '../support/desk-phone-page.js';
import { type RingingService, ringingService } from '../support/ringing-service.js';

const WRITTEN = '01 99 00 04 77';
const NUMBER = '+33199000477';

let office: RingingService;
let psychologist: Awaited<ReturnType<typeof desk>>;
beforeEach(async () => {
  office = await ringingService();
  psychologist = await desk(office, 'psy1');
});
afterEach(() => office.remove());

const wrongFor = (code: string): string => (code === '0000' ? '1111' : '0000');
const key = (code: string) => psychologist.post('/code', { code });
const rung = () => office.desks().map(({ number }) => number);
const acts = async () =>
  (await office.running.service.stores.audit.from(0, 100)).filter(({ act }) => act.startsWith('desk-phone'));

describe('a desk phone verified by a call', () => {
  it('is called with four digits, said twice one by one, and rung for callers once they were keyed', async () => {
    expect(await psychologist.post('', { number: WRITTEN })).toContain('said=phone-ringing');
    expect(psychologist.calls().map(({ fields }) => fields.To)).toEqual([NUMBER]);
    const first = await office.waiting();
    await expect.poll(rung, { timeout: 5_000 }).toEqual(['+33199000102']);
    await first.hangUp();

    const { heard, code } = await psychologist.answers();
    expect(heard.said.match(/\d\. \d\. \d\. \d/g)).toHaveLength(2);
    expect(heard.verbs).toContain('Hangup');
    expect(psychologist.calls()[0]?.fields.Url).not.toContain(code);
    expect(await key(wrongFor(code))).toContain('said=phone-code-wrong');
    expect(await psychologist.page()).toContain('Essais possibles : 2');
    expect(await key(code)).toContain('said=phone-code-verified');
    expect(await psychologist.page()).not.toContain('pas encore vérifié');
    expect(await key(code)).toContain('said=phone-code-over');
    await office.desks()[0]?.ended('canceled');
    await office.waiting();
    await expect.poll(rung, { timeout: 5_000 }).toContain(NUMBER);
  });

  it(`takes ${CODE_TRIES} tries, and no right code after them`, async () => {
    await psychologist.post('', { number: WRITTEN });
    const { code } = await psychologist.answers();
    const wrong = await Promise.all(Array.from({ length: CODE_TRIES }, () => key(wrongFor(code))));
    expect(wrong.every((to) => to.includes('phone-code-wrong'))).toBe(true);
    expect(await key(code)).toContain('said=phone-code-over');
    expect((await office.running.service.accounts.byLogin('psy1'))?.deskPhoneVerified).toBe(false);
  });

  it(`takes the code for ${CODE_MINUTES} minutes, and calls again a minute apart`, async () => {
    await psychologist.post('', { number: WRITTEN });
    office.running.clock.advance(MINUTE - SECOND);
    expect(await psychologist.post('/call')).toContain('said=phone-soon');
    expect(await psychologist.post('', { number: WRITTEN })).toContain('said=phone-soon');
    office.running.clock.advance(SECOND);
    expect(await psychologist.post('/call')).toContain('said=phone-ringing');
    expect(psychologist.calls()).toHaveLength(2);
    const { code } = await psychologist.answers();
    office.running.clock.advance(CODE_MINUTES * MINUTE);
    expect(await key(code)).toContain('said=phone-code-over');
    await psychologist.post('/call');
    const later = (await psychologist.answers()).code;
    office.running.clock.advance(CODE_MINUTES * MINUTE - 1);
    expect(await key(later)).toContain('said=phone-code-verified');
    expect(await psychologist.post('/call')).toContain('said=phone-none');
  });

  it('leaves number and code in no log, audit, page or webhook', async () => {
    await psychologist.post('', { number: WRITTEN });
    const { code } = await psychologist.answers();
    await key(code);
    const account = await office.running.service.accounts.get(asId('psy-telephone-1'));
    const hooks = psychologist.calls().map(({ fields }) => `${fields.Url} ${fields.StatusCallback}`);
    const entries = await acts();
    expect(entries.map(({ act }) => act)).toEqual(['desk-phone-entered', 'desk-phone-verified']);
    const everything = [office.running.logged(), entries, account, hooks, await psychologist.page()];
    expect(JSON.stringify(everything)).not.toMatch(/199000477|1 ?99 ?00 ?04 ?77/);
    expect(office.running.logged()).not.toContain(`"${code}"`);
  });
});
