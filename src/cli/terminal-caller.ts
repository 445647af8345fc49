import { createInterface } from 'node:readline';
import type { Answer } from '../local-phone/party.js';
import type { CommandIo } from './command.js';
import type { Caller } from './scripted-caller.js';

/** Typing takes longer than speaking. */
const PATIENCE = 3_000;

/** A person at the terminal: a line is keys or words; an empty line is silence; the end of input hangs up. */
export function createTerminalCaller(io: CommandIo): Caller {
  const lines = createInterface({ input: io.stdin })[Symbol.asyncIterator]();
  let pending: Promise<IteratorResult<string>> | undefined;

  return {
    hear: (text) => io.out(`☎  ${text}`),
    async answer(patience): Promise<Answer> {
      pending ??= lines.next();
      const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), patience * PATIENCE));
      const line = await Promise.race([pending, late]);
      if (line === 'late') return { kind: 'silence' };
      pending = undefined;
      return line.done ? { kind: 'hang-up' } : answerOf(line.value.trim());
    },
    async talk(room) {
      io.out('☎  [en ligne ; une ligne vide raccroche]');
      pending ??= lines.next();
      await Promise.race([room.closed, pending]);
      pending = undefined;
    },
    outcome: () => 0,
  };
}

function answerOf(text: string): Answer {
  if (text === '') return { kind: 'silence' };
  return /^[0-9*#]+$/.test(text) ? { kind: 'keys', keys: text } : { kind: 'speech', text };
}
