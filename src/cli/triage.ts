import { createInterface } from 'node:readline';
import { z } from 'zod';
import { guardedScreen } from '../../dialogs/turn.js';
import { loadTranslations } from '../../locales/translate.js';
import { CodedError } from '../kernel/errors.js';
import { createLogger } from '../kernel/log.js';
import { loadScreen } from '../safety/load-screen.js';
import { NO_CONTEXT, type Screening } from '../safety/screen.js';
import { loadUnderstand } from '../triage/load-understand.js';
import type { Understanding } from '../triage/understand.js';
import { type Command, UsageError } from './command.js';

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string().max(131_072),
  channel: z.string().optional(),
});

export const triage: Command = {
  name: 'triage',
  summary: 'understands needs: JSON Lines on stdin, or --text',
  usage: '  JSON Lines on stdin: {"id","text","channel"}\n  --text WORDS   one utterance, answered as JSON',
  async run(args, io) {
    const words = loadTranslations().written;
    const log = createLogger('error', process.stderr);
    const screen = guardedScreen(loadScreen(log), log);
    const understand = loadUnderstand(log);
    const answer = (id: string | number | undefined, text: string): void => {
      const screening = screen(text, NO_CONTEXT);
      io.out(JSON.stringify(toJson({ id, screening, understanding: understand(text) }, words)));
    };
    const [option, ...given] = args;
    if (option === '--text') {
      answer(undefined, given.join(' '));
      return 0;
    }
    if (option !== undefined) throw new UsageError(`triage does not know ${option}.`);
    let number = 0;
    for await (const line of createInterface({ input: io.stdin })) {
      number += 1;
      if (line.trim() === '') continue;
      const { id, text } = parseLine(line, number);
      answer(id, text);
    }
    return 0;
  },
};

function parseLine(line: string, number: number): z.infer<typeof lineSchema> {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    throw new CodedError('invalid-input', `Line ${number} is not {"id","text","channel"} as JSON.`);
  }
}

type Words = (language: 'fr', key: string) => string;

function toJson(
  result: { id: string | number | undefined; screening: Screening; understanding: Understanding },
  words: Words,
): object {
  const { id, screening, understanding } = result;
  const identified = id === undefined ? {} : { id };
  if (screening.level === 'vital')
    return { ...identified, need: 'crise', also: [], urgency: 'vital', confidence: 1, ask: null };
  const { need, also, urgency, confidence } = understanding;
  const rounded = Number(confidence.toFixed(3));
  return {
    ...identified,
    need,
    also,
    urgency,
    confidence: rounded,
    ask: askOf(screening, understanding, words),
  };
}

function askOf(screening: Screening, { ask }: Understanding, words: Words): object | null {
  if (screening.level === 'unsure')
    return {
      about: 'safety',
      question: words('fr', 'crisis.direct-question'),
      choices: [
        { need: 'crise', label: words('fr', 'crisis.choice.yes') },
        { need: null, label: words('fr', 'crisis.choice.no') },
      ],
    };
  if (ask === null) return null;
  const choices = ask.choices.map((need) => ({ need, label: words('fr', `triage.choice.${need}`) }));
  return { about: 'need', question: words('fr', 'triage.which-need'), choices };
}
