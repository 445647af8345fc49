import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALL_DIALOGS } from '../../dialogs/all-dialogs.js';
import { createTakeTurn, guardedScreen, type TurnDependencies } from '../../dialogs/turn.js';
import type { TakeTurn } from '../../dialogs/turn-types.js';
import { createTurnQueue } from '../../src/conversations/turn-queue.js';
import { createAdviser } from '../../src/directory/adviser.js';
import { loadDirectory } from '../../src/directory/load-directory.js';
import type { ConversationId } from '../../src/kernel/ids.js';
import { asId } from '../../src/kernel/ids.js';
import { createLogger } from '../../src/kernel/log.js';
import { loadScreen } from '../../src/safety/load-screen.js';
import type { Screen } from '../../src/safety/screen.js';
import { loadUnderstand } from '../../src/triage/load-understand.js';
import { heard, type SpokenService, spokenService } from '../support/spoken-service.js';

const DISTRESS = 'je veux mourir';
const silent = createLogger('silent');

let spoken: SpokenService;
beforeEach(async () => {
  spoken = await spokenService();
});
afterEach(() => spoken.close());

/** A second instance of the service on the same conversations: another queue, the same store. */
function anotherInstance(change: Partial<TurnDependencies> = {}): TakeTurn {
  const { conversations, alerts, booking, phoneLine, translations, stores } = spoken.service;
  return createTakeTurn({
    clock: spoken.clock,
    conversations,
    queue: createTurnQueue(),
    screen: loadScreen(silent),
    alerts,
    help: spoken.service.help,
    dialogs: ALL_DIALOGS,
    services: {
      understand: loadUnderstand(silent),
      booking,
      adviser: createAdviser({
        clock: spoken.clock,
        shipped: loadDirectory(),
        edits: stores.directoryEdits,
        gaps: stores.directoryGaps,
      }),
      line: { ...phoneLine, ...spoken.service.chatCodes },
      hours: spoken.service.openingTimes,
      lineNumber: '',
    },
    translations,
    facts: spoken.service.tally,
    log: silent,
    ...change,
  });
}

const written = async (id: ConversationId): Promise<string[]> =>
  ((await spoken.service.conversations.transcript(id, 0, 500)) ?? []).map(({ from, text }) =>
    from === 'caller' ? text : from,
  );

describe('one turn', () => {
  it('answers an input that comes twice once, with the same replies', async () => {
    const { id } = await spoken.talk('web');
    const input = { conversation: id, key: 'same', kind: 'text', text: 'bonjour à vous' } as const;
    const [first, again] = await Promise.all([
      spoken.service.takeTurn(input),
      spoken.service.takeTurn(input),
    ]);
    expect(again.messages).toEqual(first.messages);
    expect((await written(id)).filter((text) => text === 'bonjour à vous')).toHaveLength(1);
  });

  it('answers twenty messages sent at once in order, each once', async () => {
    const { id } = await spoken.talk('web');
    const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`);
    await Promise.all(
      texts.map((text) => spoken.service.takeTurn({ conversation: id, key: text, kind: 'text', text })),
    );
    expect((await written(id)).filter((text) => text.startsWith('message'))).toEqual(texts);
  });

  it('loses nothing when two instances answer one conversation at once', async () => {
    const { id } = await spoken.talk('web');
    const instances = [spoken.service.takeTurn, anotherInstance()];
    const texts = Array.from({ length: 6 }, (_, index) => `message ${index}`);
    await Promise.all(
      texts.map((text, index) => instances[index % 2]?.({ conversation: id, key: text, kind: 'text', text })),
    );
    const caller = (await written(id)).filter((text) => text.startsWith('message'));
    expect(caller.sort()).toEqual(texts);
  });

  it('says nothing when an operator takes over while the bot is thinking', async () => {
    const { id } = await spoken.talk('web');
    const slow = loadUnderstand(silent);
    let claimed: Promise<unknown> | undefined;
    const turn = anotherInstance({
      screen: (text, context) => {
        claimed ??= spoken.service.desk.claim(id, { id: asId('s1'), pseudonym: 'Camille' });
        return loadScreen(silent)(text, context);
      },
      dialogs: {
        ...ALL_DIALOGS,
        triage: {
          ...ALL_DIALOGS.triage,
          start: async (context, args) => {
            await claimed;
            return ALL_DIALOGS.triage.start(
              { ...context, services: { ...context.services, understand: slow } },
              args,
            );
          },
        },
      },
    });
    const result = await turn({
      conversation: id,
      key: 'k',
      kind: 'text',
      text: 'je suis en conflit avec mon chef',
    });
    expect(result.messages).toEqual([]);
    expect(result.action).toEqual({ kind: 'human' });
    expect((await written(id)).slice(-2)).toEqual(['system', 'je suis en conflit avec mon chef']);
  });

  it('refuses an unknown and a closed conversation', async () => {
    const input = { key: 'k', kind: 'text', text: 'bonjour' } as const;
    const refused = { code: 'not-found' };
    await expect(spoken.service.takeTurn({ ...input, conversation: asId('unknown') })).rejects.toMatchObject(
      refused,
    );
    const { id } = await spoken.talk('phone');
    await spoken.service.takeTurn({ conversation: id, key: 'h', kind: 'hang-up', text: '' });
    await expect(spoken.service.takeTurn({ ...input, conversation: id })).rejects.toMatchObject(refused);
  });

  it('goes on with the conversation when its stored state can no longer be read', async () => {
    const { id } = await spoken.talk('web');
    const opened = await spoken.service.conversations.load(id);
    if (opened === undefined) throw new Error('no conversation');
    await spoken.service.conversations.save(opened, { state: { from: 'another version' }, messages: [] });
    const result = await spoken.service.takeTurn({
      conversation: id,
      key: 'k',
      kind: 'text',
      text: 'je voudrais prendre rendez-vous avec un psychologue',
    });
    expect(heard(result)).toMatch(/Que préférez-vous|rendez-vous/);
  });
});

describe('danger comes before everything', () => {
  const ways: Record<string, readonly string[]> = {
    welcome: [],
    booking: ['je voudrais prendre rendez-vous avec un psychologue'],
    place: ['je voudrais prendre rendez-vous avec un psychologue', 'Prendre rendez-vous', 'En face à face'],
    'manage-booking': ['annuler mon rendez-vous'],
    'phone-line': ['je voudrais parler à un psychologue maintenant'],
    handoff: ['une personne s’il vous plaît'],
    orientation: ['je suis en conflit avec mon chef d’établissement', 'académie de Nancy-Metz'],
  };

  it.each(Object.keys(ways))('in the middle of %s', async (dialog) => {
    const talk = await spoken.talk('web');
    for (const text of ways[dialog] ?? []) await talk.say(text);
    const result = await talk.say(DISTRESS);
    expect(heard(result)).toContain('je reste avec vous');
    expect(heard(result)).toContain('3114');
    const [alert] = await spoken.service.alerts.live(10);
    expect(alert?.conversation).toBe(talk.id);
    expect(result.owner.kind).toBe('queue');
  });

  it('never takes a choice that it offers itself for danger, whatever the screen thinks of the words', async () => {
    const wary: Screen = () => ({ level: 'vital', reason: 'unclear' });
    const talk = await spoken.talk('web');
    const turn = anotherInstance({ screen: wary });
    const input = { conversation: talk.id, kind: 'text' } as const;
    const offered = await turn({ ...input, key: 'a', text: 'Prendre rendez-vous avec un psychologue' });
    expect(heard(offered)).toContain('Préférez-vous');
    expect(heard(await turn({ ...input, key: 'b', text: 'en face à face' }))).toContain(
      'Dans quelle académie',
    );
    expect(heard(await turn({ ...input, key: 'c', text: 'je suis dans le Bas-Rhin' }))).toContain(
      'je reste avec vous',
    );
  });

  it('raises the alert and stays silent when a human has the conversation', async () => {
    const talk = await spoken.talk('web');
    await spoken.service.desk.claim(talk.id, { id: asId('s1'), pseudonym: 'Camille' });
    const result = await talk.say(DISTRESS);
    expect(result.messages).toEqual([]);
    expect(await spoken.service.alerts.live(10)).toHaveLength(1);
  });

  it('asks the direct question when the screen fails, and never passes over it', async () => {
    const failing: Screen = () => {
      throw new Error('broken');
    };
    const talk = await spoken.talk('web');
    const turn = anotherInstance({ screen: guardedScreen(failing, silent) });
    const result = await turn({ conversation: talk.id, key: 'k', kind: 'text', text: 'bonjour' });
    expect(heard(result)).toContain('Pensez-vous à mourir');
  });

  const unsure =
    (level: 'unsure' | 'clear'): Screen =>
    () =>
      level === 'unsure' ? { level, reason: 'unclear' } : { level };

  it.each([
    ['Non', false],
    ['Oui', true],
    ['je ne sais pas', true],
  ])('takes « %s » after the direct question for danger: %s', async (answer, danger) => {
    const talk = await spoken.talk('web');
    await anotherInstance({ screen: unsure('unsure') })({
      conversation: talk.id,
      key: 'q',
      kind: 'text',
      text: 'voilà',
    });
    const result = await talk.say(answer);
    expect(heard(result).includes('je reste avec vous')).toBe(danger);
    expect(await spoken.service.alerts.live(10)).toHaveLength(danger ? 1 : 0);
    if (!danger) expect(heard(result)).toContain('Merci de m’avoir répondu');
  });

  it('takes silence after the direct question for danger', async () => {
    const talk = await spoken.talk('phone');
    await anotherInstance({ screen: unsure('unsure') })({
      conversation: talk.id,
      key: 'q',
      kind: 'text',
      text: 'voilà',
    });
    expect(heard(await talk.input('silence'))).toContain('je reste avec vous');
  });

  it('keeps the conversation open after a hang-up while the alert is open', async () => {
    const talk = await spoken.talk('phone');
    await talk.say(DISTRESS);
    await talk.input('hang-up');
    expect((await spoken.service.conversations.head(talk.id))?.owner.kind).not.toBe('closed');
  });
});

describe('keys that mean the same everywhere', () => {
  it('0 is a person and * repeats', async () => {
    const talk = await spoken.talk('phone');
    expect(heard(await talk.input('keys', '*'))).toBe(heard(talk.welcome));
    expect(heard(await talk.input('keys', '0'))).toContain('Bien sûr');
  });

  it('while a code is keyed, 0 is a digit and * starts again', async () => {
    const talk = await spoken.talk('phone');
    await talk.say('annuler mon rendez-vous');
    expect(heard(await talk.input('keys', '123*000000000'))).toContain('code');
  });

  it('two misunderstandings in a row lead to a person, one does not', async () => {
    const talk = await spoken.talk('phone');
    expect(heard(await talk.input('silence'))).toContain('Je ne vous ai pas entendu');
    expect(heard(await talk.input('silence'))).toMatch(/opérateur/i);
  });
});
