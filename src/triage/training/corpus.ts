import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { NEEDS, URGENCIES } from '../need.js';

const rowSchema = z.object({
  text: z.string().min(1).max(5_000),
  need: z.enum(NEEDS),
  also: z.array(z.enum(NEEDS)),
  urgency: z.enum(URGENCIES),
  author: z.string(),
  family: z.string(),
});
export type CorpusRow = z.infer<typeof rowSchema>;

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
  const rows = texts
    .flatMap((text) => text.trim().split('\n'))
    .map((line) => rowSchema.parse(JSON.parse(line)));
  return { rows, digest: createHash('sha256').update(texts.join('\n')).digest('hex') };
}
