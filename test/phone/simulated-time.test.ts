import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Callee } from '../../src/local-phone/callee.js';
import { Network } from '../../src/local-phone/network.js';
import type { Party } from '../../src/local-phone/party.js';
import { VirtualClock } from '../../src/local-phone/phone-clock.js';
import { professional } from '../../src/local-phone/professional.js';
import { ACCOUNT, TOKEN } from '../support/fake-twilio.js';
import { runningService, type TestService } from '../support/running-service.js';

/** The whole service and a whole telephone network in time that runs by itself: minutes pass in a moment. */
const PSYCHOLOGISTS = ['+33199000101', '+33199000102'];
const OPERATOR = '+33199000201';

let running: TestService;
let network: Network;
let clock: VirtualClock;
let rings: { number: string; at: number }[];
let behaviour: Map<string, Callee['behaviour']>;
beforeEach(async () => {
  rings = [];
  behaviour = new Map();
  clock = new VirtualClock((seconds) => running.clock.advance(seconds * 1_000));
  network = new Network({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    secondMs: 1,
    clock,
    callee: (number) => {
      const how = behaviour.get(number) ?? 'answers';
      return { behaviour: how, after: 5, party: professional(how, () => undefined) };
    },
    rings: (number) => rings.push({ number, at: clock.now() }),
  });
  running = await runningService({
    TWILIO_API_BASE_URL: `http://127.0.0.1:${await network.listen(0)}`,
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: TOKEN,
  });
});
afterEach(async () => {
  await network.close();
  await running.remove();
});

interface Told {
  chose: number;
  connected: number | undefined;
  heard: string[];
}

/** Asks for a psychologist, waits without a word, talks for so long, hangs up; gives up after `patience` silences. */
function somebody({ talks, patience = 400 }: { talks: number; patience?: number }): {
  party: Party;
  told: Told;
} {
  const told: Told = { chose: 0, connected: undefined, heard: [] };
  let silences = 0;
  const party: Party = {
    hear: (text) => told.heard.push(text),
    async answer() {
      if (told.chose === 0) {
        told.chose = clock.now();
        return { kind: 'speech', text: 'je voudrais parler à un psychologue maintenant' };
      }
      silences += 1;
      const over =
        told.connected !== undefined || silences > patience || /Personne n’a pu/.test(told.heard.join());
      return over ? { kind: 'hang-up' } : { kind: 'silence' };
    },
    async talk(_room, time) {
      told.connected = time.now();
      await time.sleep(talks);
    },
  };
  return { party, told };
}

const call = (party: Party) =>
  network
    .dial({
      url: `${running.url}/twilio/voice`,
      from: '+266696687',
      to: '+33100000000',
      statusCallback: `${running.url}/twilio/status`,
      party,
    })
    .run();

describe('the immediate line in simulated time', () => {
  it('rings within two seconds of the choice, and whoever answers has the caller within the minute', async () => {
    const { party, told } = somebody({ talks: 60 });
    await call(party);
    expect((rings[0]?.at ?? 99) - told.chose).toBeLessThanOrEqual(2);
    expect((told.connected ?? 999) - told.chose).toBeLessThanOrEqual(60);
  });

  it('rings each for twenty seconds, then operators, and says so when nobody answers', async () => {
    for (const number of [...PSYCHOLOGISTS, OPERATOR]) behaviour.set(number, 'no-answer');
    const { party, told } = somebody({ talks: 60 });
    await call(party);
    expect(rings.map(({ number }) => number)).toEqual([...PSYCHOLOGISTS, OPERATOR]);
    const [first, second, third] = rings.map(({ at }) => at - (rings[0]?.at ?? 0));
    expect(first).toBe(0);
    for (const [rung, due] of [
      [second, 20],
      [third, 40],
    ] as const) {
      expect(rung).toBeGreaterThanOrEqual(due);
      expect(rung).toBeLessThanOrEqual(due + 1);
    }
    expect(told.heard.join('\n')).toContain('Personne n’a pu répondre');
  });

  it('serves six callers at once, each once, and reports how long each waited', async () => {
    behaviour.set(PSYCHOLOGISTS[1] ?? '', 'refuses');
    const callers = Array.from({ length: 6 }, (_, index) => somebody({ talks: 30 + 10 * index }));
    await Promise.all(
      callers.map(async ({ party }, index) => {
        await clock.sleep(3 * index);
        await call(party);
      }),
    );
    const waits = callers.map(({ told }) =>
      told.connected === undefined ? undefined : told.connected - told.chose,
    );
    for (const { told } of callers)
      expect(told.connected !== undefined || /Personne n’a pu répondre/.test(told.heard.join())).toBe(true);
    const shown = waits.map((wait) => (wait === undefined ? 'nobody, said so' : `${Math.round(wait)} s`));
    process.stdout.write(`waits of six callers for one psychologist and one operator: ${shown.join(', ')}\n`);
    const duties = await running.service.phoneLine.duties();
    expect(duties.filter(({ busyWith }) => busyWith !== null)).toEqual([]);
  });
});
