import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Language } from '../../conversations/conversation.js';
import { errorFields, type Logger } from '../../kernel/log.js';

export interface CannedAnswer {
  id: string;
  title: string;
  text: string;
}

/** Texts of the organisation that runs the line, each a file of `DATA_DIR` it may edit at any time. */
export interface CustomerTexts {
  /** Answers in the caller's language, with `{{prenom}}` and `{{ligne}}` filled in. */
  canned(language: Language, values: { prenom: string; ligne: string }): Promise<CannedAnswer[]>;
  /** Who calls the emergency services, and how; `undefined` while it has not been written. */
  procedure(): Promise<string | undefined>;
}

export const CANNED_FILE = 'reponses-types.json';
export const PROCEDURE_FILE = 'procedure-vitale.txt';
const SHIPPED = new URL('./data/canned-answers.json', import.meta.url);
const LONGEST_PROCEDURE = 8_000;

const wordsSchema = z.object({ title: z.string().min(1).max(60), text: z.string().min(1).max(2_000) });
const cannedSchema = z
  .array(z.object({ id: z.string().regex(/^[a-z0-9-]{1,40}$/), fr: wordsSchema, en: wordsSchema }))
  .max(60);

export function createCustomerTexts({ dataDir, log }: { dataDir: string; log: Logger }): CustomerTexts {
  const shipped = readFile(SHIPPED, 'utf8').then((text) => cannedSchema.parse(JSON.parse(text)));
  shipped.catch(() => undefined);

  /** A file that cannot be used is told in the log; the shipped answers stand in. */
  const answers = async (): Promise<z.infer<typeof cannedSchema>> => {
    const own = await textOf(path.join(dataDir, CANNED_FILE));
    if (own === undefined) return shipped;
    try {
      return cannedSchema.parse(JSON.parse(own));
    } catch (error) {
      log.warn('the canned answers cannot be read', { part: CANNED_FILE, ...errorFields(error) });
      return shipped;
    }
  };

  return {
    async canned(language, values) {
      return (await answers()).map(({ id, ...words }) => ({
        id,
        title: words[language].title,
        text: words[language].text.replace(
          /\{\{(prenom|ligne)\}\}/g,
          (_, name: keyof typeof values) => values[name],
        ),
      }));
    },
    async procedure() {
      const text = (await textOf(path.join(dataDir, PROCEDURE_FILE)))?.trim();
      return text === undefined || text === '' ? undefined : text.slice(0, LONGEST_PROCEDURE);
    },
  };
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}
