import { describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run-command.js';
import { NEEDS } from '../../src/triage/need.js';
import { recordedIo } from '../support/command-io.js';

const triage = async (lines: readonly object[]): Promise<Record<string, unknown>[]> => {
  const io = recordedIo({}, lines.map((line) => JSON.stringify(line)).join('\n'));
  expect(await runCommand(['triage'], io)).toBe(0);
  return io.printed.map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe('numero-unique triage', () => {
  it('answers the same on the phone and in the chat', async () => {
    const texts = [
      'je veux mourir',
      'je ne veux plus',
      'il faut que je parle de mon travail',
      'annuler mon rendez-vous',
    ];
    const on = (channel: string) => triage(texts.map((text) => ({ id: 'x', text, channel })));
    expect(await on('voice')).toEqual(await on('chat'));
  });

  it('asks about life when it is unsure, and about the need when the best are close', async () => {
    const [life, need] = await triage([
      { id: 1, text: 'je ne veux plus' },
      { id: 2, text: 'il faut que je parle de mon travail' },
    ]);
    expect(life).toMatchObject({
      id: 1,
      ask: { about: 'safety', choices: [{ need: 'crise' }, { need: null }] },
    });
    const ask = need?.ask as { about: string; question: string; choices: { need: string; label: string }[] };
    expect(ask.about).toBe('need');
    expect(ask.question).not.toBe('');
    expect(ask.choices.length).toBeGreaterThanOrEqual(2);
    expect(ask.choices.length).toBeLessThanOrEqual(3);
    for (const { need: offered, label } of ask.choices) {
      expect(NEEDS).toContain(offered);
      expect(label).not.toBe('');
    }
  });

  it('answers every field of the interface, and nothing else', async () => {
    const [answer] = await triage([
      { id: 'a', text: 'je viens de me faire insulter par un parent', channel: 'voice' },
    ]);
    expect(Object.keys(answer ?? {})).toEqual(['id', 'need', 'also', 'urgency', 'confidence', 'ask']);
    expect(answer).toMatchObject({ id: 'a', need: 'agression_menace', urgency: 'elevee' });
  });
});
