import { describe, expect, it } from 'vitest';
import { crisisStateSchema } from '../../dialogs/crisis/crisis-state.js';
import { DIALOGS } from '../../dialogs/dialog.js';
import { topFrame } from '../../dialogs/turn-state.js';
import { createLogger } from '../../src/kernel/log.js';
import { loadScreen } from '../../src/safety/load-screen.js';
import { NO_CONTEXT } from '../../src/safety/screen.js';
import { readCorpus } from '../../src/triage/training/corpus.js';
import { memoryTurns } from '../support/memory-turns.js';

const screen = loadScreen(createLogger('silent'));
const { rows } = readCorpus(new URL('../../src/triage/corpus', import.meta.url).pathname);
const screened = rows.map(({ text }) => ({ text, level: screen(text, NO_CONTEXT).level }));
const textsOf = (level: string): string[] =>
  screened.filter((row) => row.level === level).map(({ text }) => text);
/** Recall is judged by the evaluation; here: what the screen says is what the conversation does. */
const ELSEWHERE = DIALOGS.filter((dialog) => dialog !== 'crisis');
const crisisStage = (turns: ReturnType<typeof memoryTurns>): string | undefined => {
  const top = topFrame(turns.state());
  return top?.dialog === 'crisis' ? crisisStateSchema.parse(top.state).stage : undefined;
};

describe('danger, in the middle of any dialog', () => {
  it('gives the protocol for every utterance of the corpus that the screen calls vital', async () => {
    const turns = memoryTurns();
    const missed: string[] = [];
    for (const dialog of ELSEWHERE)
      for (const text of textsOf('vital')) {
        turns.put({ dialog });
        await turns.say(text);
        if (crisisStage(turns) !== 'place' || turns.alerts.length === 0) missed.push(`${dialog}: ${text}`);
      }
    expect(missed).toEqual([]);
  }, 120_000);

  it('asks the direct question for every utterance of the corpus that the screen is unsure about', async () => {
    const turns = memoryTurns();
    const missed: string[] = [];
    for (const dialog of ELSEWHERE)
      for (const text of textsOf('unsure')) {
        turns.put({ dialog });
        await turns.say(text);
        if (crisisStage(turns) !== 'asked' || turns.alerts.length > 0) missed.push(`${dialog}: ${text}`);
      }
    expect(missed).toEqual([]);
  }, 120_000);

  it('counts a new danger as the answer to the direct question', async () => {
    const turns = memoryTurns();
    turns.put({ dialog: 'crisis', state: { stage: 'asked', reason: 'unclear' } });
    await turns.say('je veux mourir');
    expect(crisisStage(turns)).toBe('place');
    expect(turns.alerts).toEqual(['self-harm-ideation']);
  });

  it('raises the alert and leaves the word to the human who owns the conversation', async () => {
    const turns = memoryTurns();
    const owner = { kind: 'operator', staff: 's1', pseudonym: 'Camille', since: 0 } as never;
    turns.put({ dialog: 'handoff', owner });
    const { messages } = await turns.say('je vais me tuer ce soir');
    expect(messages).toEqual([]);
    expect(turns.alerts).toHaveLength(1);
  });

  it('asks, and goes on, when the screen itself fails', async () => {
    const turns = memoryTurns(() => {
      throw new Error('broken');
    });
    turns.put({ dialog: 'triage', state: { asked: 'open' } });
    await turns.say('bonjour');
    expect(crisisStage(turns)).toBe('asked');
  });
});

describe('the answer to the direct question', () => {
  const WORDS = 'je voudrais une mutation dans une autre académie, c’est pour le mouvement inter';
  const asked = (turns: ReturnType<typeof memoryTurns>): void => {
    turns.put({ dialog: 'triage', state: { asked: 'open' } });
  };

  it('takes a clear no back to what was said before, which is answered at once', async () => {
    const turns = memoryTurns((text, { asked: about }) =>
      about === 'life' || text !== WORDS ? { level: 'clear' } : { level: 'unsure', reason: 'unclear' },
    );
    asked(turns);
    await turns.say(WORDS);
    expect(crisisStage(turns)).toBe('asked');
    const { messages } = await turns.say('non');
    expect(messages.map(({ text }) => text).join(' ')).toMatch(/Merci de m’avoir répondu.*carrière/s);
    expect(turns.alerts).toEqual([]);
    expect(turns.state().quietTurns).toBeGreaterThan(0);
  });

  it.each(['oui', 'parfois', 'je ne sais pas', 'bof', 'pourquoi vous me demandez ça', 'laissez tomber'])(
    'takes « %s » to the protocol',
    async (text) => {
      const turns = memoryTurns();
      turns.put({ dialog: 'crisis', state: { stage: 'asked', reason: 'unclear' } });
      await turns.say(text);
      expect(crisisStage(turns)).toBe('place');
      expect(turns.alerts).toHaveLength(1);
    },
  );

  it('takes silence to the protocol', async () => {
    const turns = memoryTurns();
    turns.put({ dialog: 'crisis', state: { stage: 'asked', reason: 'unclear' }, channel: 'phone' });
    await turns.takeTurn({ conversation: turns.conversation, key: 's', kind: 'silence', text: '' });
    expect(crisisStage(turns)).toBe('place');
  });
});
