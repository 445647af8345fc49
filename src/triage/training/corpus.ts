import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { CodedError } from '../../kernel/errors.js';
import { NEEDS, URGENCIES } from '../need.js';

export const SPOKEN_OR_TYPED = ['voice', 'chat'] as const;

const rowSchema = z.object({
  text: z.string().min(1).max(5_000),
  need: z.enum(NEEDS),
  /** Other needs that are really in the same words. */
  also: z.array(z.enum(NEEDS)),
  urgency: z.enum(URGENCIES),
  /** The hand that wrote it: folds leave whole hands out. */
  author: z.string(),
  /** What makes it hard, or which danger it is; `base` when neither. */
  family: z.string(),
  /** `voice`: a speech recogniser's raw output; `chat`: typed. */
  channel: z.enum(SPOKEN_OR_TYPED),
});
export type CorpusRow = z.infer<typeof rowSchema>;

/** Cases from outside may leave out what only the corpus needs. */
const caseSchema = rowSchema.extend({
  text: z.string().min(1).max(131_072),
  also: z.array(z.enum(NEEDS)).default([]),
  urgency: z.enum(URGENCIES).optional(),
  author: z.string().default('cases'),
  family: z.string().default('base'),
  channel: z.enum(SPOKEN_OR_TYPED).default('chat'),
});

export interface Corpus {
  rows: CorpusRow[];
  /** SHA-256 of the files: a model says which corpus it comes from. */
  digest: string;
}

/** Reads every hand of the corpus, files in the order of their names. */
export function readCorpus(folder: string): Corpus {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
  const texts = files.map((name) => readFileSync(path.join(folder, name), 'utf8'));
  const rows = texts.flatMap((text, index) =>
    linesOf(text).map((line, at) =>
      parse({ schema: rowSchema, line, where: `${files[index]}, line ${at + 1}` }),
    ),
  );
  return { rows, digest: createHash('sha256').update(texts.join('\n')).digest('hex') };
}

/** Reads a case file given by TRIAGE_CASES: JSON Lines, or one JSON array. */
export function readCases(file: string): CorpusRow[] {
  const text = readFileSync(file, 'utf8').trim();
  const lines = text.startsWith('[')
    ? z
        .array(z.unknown())
        .parse(JSON.parse(text))
        .map((row) => JSON.stringify(row))
    : linesOf(text);
  return lines.map((line, at) => {
    const row = parse({ schema: caseSchema, line, where: `${file}, line ${at + 1}` });
    return { ...row, urgency: row.urgency ?? (row.need === 'crise' ? 'vital' : 'normale') };
  });
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

function parse<T>({ schema, line, where }: { schema: z.ZodType<T>; line: string; where: string }): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    throw new CodedError('invalid-input', `${where} is not an utterance of the corpus.`, { cause });
  }
}
