import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asId, type StaffId } from '../../src/kernel/ids.js';
import type { Behaviour } from '../../src/local-phone/callee.js';
import { Network } from '../../src/local-phone/network.js';
import type { Answer, Party, Room } from '../../src/local-phone/party.js';
import { VirtualClock } from '../../src/local-phone/phone-clock.js';
import { ACCOUNT, TOKEN } from '../support/fake-twilio.js';
import { responderNamed } from '../support/line-office.js';
import { runningService, type TestService } from '../support/running-service.js';
import { signInAs } from '../support/sign-in-as.js';

/** A caller, a psychologist and an operator on one telephone network, in time that runs by itself. */
const PSYCHOLOGIST = '+33199000101';
const OPERATOR = '+33199000201';
const dominique = responderNamed('psy-telephone-1');
const camille = { id: asId<StaffId>('operator-1'), pseudonym: 'Camille' };

let running: TestService;
let network: Network;
let clock: VirtualClock;
let rings: string[];
let said: Map<string, string[]>;
let behaviour: Map<string, Behaviour>;
/** What a desk phone does once it is in the room. */
let talks: Map<string, (room: Room) => Promise<void>>;

beforeEach(async () => {
  rings = [];
  said = new Map();
  behaviour = new Map();
  talks = new Map();
  clock = new VirtualClock((seconds) => running.clock.advance(seconds * 1_000));
  network = new Network({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    secondMs: 1,
    clock,
    callee: (number) => ({
      behaviour: behaviour.get(number) ?? 'answers',
      after: 5,
      party: deskPhone(number),
    }),
    rings: (number) => rings.push(number),
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

const hear = (who: string, text: string): void => {
  said.set(who, [...(said.get(who) ?? []), text]);
};
const heard = (who: string): string => (said.get(who) ?? []).join('\n');

function deskPhone(number: string): Party {
  return {
    hear: (text) => hear(number, text),
    answer: async (): Promise<Answer> => ({ kind: 'keys', keys: '1' }),
    talk: async (room) => {
      await Promise.race([room.closed, talks.get(number)?.(room) ?? clock.sleep(600)]);
    },
  };
}

interface Caller {
  party: Party;
  conversation(): Promise<ReturnType<typeof asId<never>>>;
  /** How many were in the room, each second the caller was in it. */
  sizes: number[];
}

function somebody(words: string, { talks: seconds }: { talks: number }): Caller {
  let first = true;
  const sizes: number[] = [];
  const party: Party = {
    hear: (text) => hear('caller', text),
    async answer() {
      if (!first)
        return /L’échange est terminé/.test(heard('caller')) ? { kind: 'hang-up' } : { kind: 'silence' };
      first = false;
      return { kind: 'speech', text: words };
    },
    async talk(room) {
      for (let second = 0; second < seconds; second += 1) {
        await Promise.race([room.closed, clock.sleep(1)]);
        if (!network.rooms.isOpen(room.name)) return;
        sizes.push(room.size());
      }
    },
  };
  const conversation = async () => {
    const [live] = await running.service.stores.lineRequests.listLive(1);
    return asId<never>(live?.conversation ?? '');
  };
  return { party, conversation, sizes };
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

const PLEASE = 'je voudrais parler à un psychologue maintenant';
const busy = async (): Promise<string[]> =>
  (await running.service.phoneLine.duties()).flatMap(({ responder, busyWith }) =>
    busyWith === null ? [] : [responder],
  );

/** The caller talks with Dominique, who asks an operator in after 20 s and hangs up so many seconds later. */
async function transferred(leavesAfter: number): Promise<Caller> {
  const caller = somebody(PLEASE, { talks: 120 });
  talks.set(PSYCHOLOGIST, async () => {
    await clock.sleep(20);
    const conversation = await clock.during(caller.conversation());
    const asked = running.service.phoneLine.transfer({ conversation, by: dominique }, { role: 'operator' });
    expect((await clock.during(asked)).kind).toBe('ringing');
    await clock.sleep(leavesAfter);
  });
  talks.set(OPERATOR, () => clock.sleep(600));
  await call(caller.party);
  return caller;
}

describe('a warm transfer on the telephone network', () => {
  it('brings the operator to the caller before the psychologist leaves: never a moment alone', async () => {
    const { sizes } = await transferred(40);
    expect(rings).toEqual([PSYCHOLOGIST, OPERATOR]);
    expect(heard(OPERATOR)).toContain('Un collègue souhaite vous passer un appel');
    expect(sizes.length).toBeGreaterThan(100);
    expect(Math.max(...sizes)).toBe(3);
    expect(Math.min(...sizes.slice(2, -2))).toBe(2);
    expect(await busy()).toEqual([]);
  });

  it('keeps the caller company when the psychologist leaves too early, until the operator is there', async () => {
    const { sizes } = await transferred(1);
    expect(heard('caller')).toContain('J’appelle la personne qui prend la suite');
    expect(Math.max(...sizes)).toBe(2);
    expect(sizes.length).toBeGreaterThan(100);
    expect(await busy()).toEqual([]);
  });

  it.each(['refuses', 'no-answer', 'busy', 'failed', 'voicemail'] as const)(
    'changes nothing in the talk when the operator’s phone %s',
    async (how) => {
      behaviour.set(OPERATOR, how);
      const caller = somebody(PLEASE, { talks: 120 });
      talks.set(PSYCHOLOGIST, async () => {
        await clock.sleep(10);
        const conversation = await clock.during(caller.conversation());
        const to = { role: 'operator' } as const;
        await clock.during(running.service.phoneLine.transfer({ conversation, by: dominique }, to));
        await clock.sleep(600);
      });
      await call(caller.party);
      expect(caller.sizes.slice(2).every((size) => size === 2)).toBe(true);
      expect(caller.sizes.length).toBe(120);
      expect(await busy()).toEqual([]);
    },
  );
});

describe('a call taken at the desk', () => {
  it('rings the operator’s phone, and the caller who talked with the assistant is put through, then goes on', async () => {
    const caller = somebody('je suis en conflit avec mon chef d’établissement', { talks: 120 });
    talks.set(OPERATOR, () => clock.sleep(60));
    const dialled = call(caller.party);
    await clock.sleep(25);
    const [open] = await clock.during(running.service.conversations.list(['bot'], 10));
    if (open === undefined) throw new Error('no conversation');
    expect(await clock.during(running.service.desk.claim(open.id, camille))).toEqual({ kind: 'ringing' });
    await dialled;
    expect(rings).toEqual([OPERATOR]);
    expect(heard(OPERATOR)).toContain('Vous avez demandé cet appel');
    expect(Math.max(...caller.sizes)).toBe(2);
    expect(heard('caller')).toMatch(/Un professionnel est en ligne[\s\S]*L’échange est terminé[\s\S]*\S/);
    expect(await busy()).toEqual([]);
  });

  it('is passed on from the page: the operator brings a psychologist in, then leaves them with the caller', async () => {
    const caller = somebody('je suis en conflit avec mon chef d’établissement', { talks: 200 });
    for (const number of [OPERATOR, PSYCHOLOGIST]) talks.set(number, () => clock.sleep(600));
    const dialled = call(caller.party);
    await clock.sleep(25);
    const [open] = await clock.during(running.service.conversations.list(['bot'], 10));
    const desk = await clock.during(pageOf(open?.id ?? '', 'camille'));
    expect(await clock.during(desk.post('claim'))).toContain('said=ringing');
    await clock.sleep(60);
    expect(await clock.during(desk.page())).toContain('Vous êtes au téléphone avec cette personne');
    expect(await clock.during(desk.post('call-leave'))).toContain('said=call-alone');
    expect(await clock.during(desk.post('call-transfer', { to: 'psychologist' }))).toContain(
      'said=call-ringing',
    );
    await clock.sleep(30);
    expect(await clock.during(desk.page())).toMatch(/Dominique est dans l’appel[\s\S]*Quitter l’appel/);
    expect(await clock.during(desk.post('call-leave'))).toContain('said=done');
    expect(await clock.during(desk.page())).toContain('Au téléphone avec Dominique');
    const left = caller.sizes.length;
    await dialled;
    expect(rings).toEqual([OPERATOR, PSYCHOLOGIST]);
    expect(Math.max(...caller.sizes)).toBe(3);
    expect(caller.sizes).toHaveLength(200);
    expect(caller.sizes.slice(left + 2).every((size) => size === 2)).toBe(true);
    expect(await busy()).toEqual([]);
    const acts = (await running.service.stores.audit.from(0, 100)).map(({ act }) => act);
    expect(acts).toEqual(expect.arrayContaining(['conversation-offered', 'conversation-transferred']));
  });
});

/** A conversation as somebody of the staff has it on their screen. */
async function pageOf(conversation: string, login: string) {
  const cookie = await signInAs(running.service, login);
  const address = `${running.url}/console/conversations/${conversation}`;
  const page = async () => (await fetch(address, { headers: { cookie } })).text();
  return {
    page,
    /** @returns where the form leads */
    async post(act: string, fields: Record<string, string> = {}): Promise<string> {
      const csrf = /name="csrf" value="([^"]+)"/.exec(await page())?.[1] ?? '';
      const body = new URLSearchParams({ csrf, ...fields });
      const form = { method: 'POST', headers: { cookie }, body, redirect: 'manual' } as const;
      return (await fetch(`${address}/${act}`, form)).headers.get('location') ?? '';
    },
  };
}

describe('a notice to staff', () => {
  it('is said twice on the desk phone of the coordinator, and its call is deleted at the carrier', async () => {
    const alert = await running.service.alerts.raise(asId('somewhere'), 'plan');
    running.clock.advance(60_000);
    for (const { responder, role } of await running.service.phoneLine.duties())
      await running.service.phoneLine.setAvailable(responder, role, false);
    await running.service.deskWatch.look();
    await clock.sleep(60);
    expect(rings).toEqual(['+33199000301']);
    expect(said.get('+33199000301')).toHaveLength(2);
    expect(heard('+33199000301')).toContain('Une alerte vitale attend');
    expect(heard('+33199000301')).not.toContain(alert.id);
    expect(await running.service.stores.erasures.due(asId<never>(`${Number.MAX_SAFE_INTEGER}`), 9)).toEqual(
      [],
    );
  });
});
