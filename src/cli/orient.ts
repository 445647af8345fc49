import { createInterface } from 'node:readline';
import { todayIn } from '../../dialogs/when.js';
import { advise, type Knowledge } from '../directory/advise.js';
import { knowledgeOf } from '../directory/adviser.js';
import { createAnswerWriter } from '../directory/answer.js';
import { loadDirectory } from '../directory/load-directory.js';
import { systemClock } from '../kernel/clock.js';
import { type Command, type CommandIo, UsageError } from './command.js';
import { parseOrientInput } from './orient-input.js';

/** A JSON document that is not one line for each question is read whole, up to this size. */
const WHOLE_DOCUMENT = 64 * 1024 ** 2;

export const orient: Command = {
  name: 'orient',
  summary: 'services and measures for profiles: JSON or JSON Lines on stdin',
  usage: [
    '  {"id","need","academy","department","corps","status","position","rqth","pacdYears","paldEnds",',
    '   "wishes":[],"text","date"} as JSON Lines, or as one JSON object or list; all but need may be left out',
    '  answers as many, in the same form: {"id","services":[],"measures":[],"notes":[]}',
  ].join('\n'),
  async run(args, io) {
    if (args[0] !== undefined) throw new UsageError(`orient does not know ${args[0]}.`);
    await answerAll(io, createOrient(knowledgeOf(loadDirectory())));
    return 0;
  },
};

/** Answers one question, already parsed as JSON, with the JSON of an `Answer` in UTF-8. */
export type Orient = (question: unknown, where: string) => Buffer;

export function createOrient(knowledge: Knowledge): Orient {
  const write = createAnswerWriter(knowledge.documents);
  return (question, where) => {
    const { id, need, profile, date } = parseOrientInput(question, where);
    const today = date ?? todayIn('Europe/Paris', systemClock.now());
    return write(advise(knowledge, { need, profile, today }), id);
  };
}

/** JSON Lines are answered as they come; a document that opens on the first line is read whole. */
async function answerAll(io: CommandIo, answer: Orient): Promise<void> {
  let number = 0;
  let whole: string | undefined;
  for await (const text of createInterface({ input: io.stdin })) {
    number += 1;
    if (text.trim() === '') continue;
    const first = whole === undefined && number === 1;
    const value = whole === undefined ? parseJson(text) : undefined;
    if (whole !== undefined || (first && opensDocument(text, value))) whole = appended(whole ?? '', text);
    else if (value === undefined) throw new UsageError(`Line ${number} is not JSON.`);
    else io.write(answer(value, `Line ${number}`));
  }
  if (whole !== undefined) answerWhole(io, answer, whole);
}

const COMMA = Buffer.from(',');
const OPEN = Buffer.from('[');
const CLOSE = Buffer.from(']\n');

const opensDocument = (line: string, value: unknown): boolean =>
  Array.isArray(value) || (value === undefined && /^\s*[[{]/.test(line));

function appended(whole: string, line: string): string {
  if (whole.length + line.length > WHOLE_DOCUMENT)
    throw new UsageError('The document is too long; send the questions as JSON Lines.');
  return `${whole}${line}\n`;
}

function answerWhole(io: CommandIo, answer: Orient, text: string): void {
  const value = parseJson(text);
  if (value === undefined) throw new UsageError('The input is neither JSON nor JSON Lines.');
  if (!Array.isArray(value)) {
    io.write(answer(value, 'The question'));
    return;
  }
  const answers = value.map((question, index) => answer(question, `Question ${index + 1}`));
  const listed = answers.flatMap((one, index) => (index === 0 ? [one] : [COMMA, one]));
  io.write(Buffer.concat([OPEN, ...listed, CLOSE]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
