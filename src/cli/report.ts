import { parseArgs } from 'node:util';
import { loadTranslations } from '../../locales/translate.js';
import { readConfig } from '../config.js';
import { systemClock } from '../kernel/clock.js';
import { systemRandom } from '../kernel/random.js';
import { bilanWords } from '../operations/bilan-words-of.js';
import { type Bilan, bilanOf } from '../reporting/bilan.js';
import { bilanCsv } from '../reporting/bilan-csv.js';
import { bilanPage } from '../reporting/bilan-html.js';
import type { BilanWords } from '../reporting/bilan-words.js';
import { openStore } from '../storage/open-store.js';
import { type Command, UsageError } from './command.js';

const FORMATS: Readonly<Record<string, (bilan: Bilan, words: BilanWords) => string>> = {
  csv: bilanCsv,
  json: (bilan) => `${JSON.stringify(bilan, undefined, 2)}\n`,
  html: bilanPage,
};

export const report: Command = {
  name: 'report',
  summary: 'the yearly bilan: counts only, never persons',
  usage: [
    '  --year YYYY                  the year; one that has not ended is rounded to 5, whole months only',
    '  --format csv|json|html       html by default: it prints as a clean PDF',
  ].join('\n'),
  async run(args, io) {
    const { year, render } = readArguments(args);
    const config = readConfig(io.environment, systemRandom);
    const stores = await openStore({ mongoUri: config.mongoUri, dataDir: config.dataDir, serving: false });
    try {
      const bilan = await bilanOf({ store: stores.counts, now: systemClock.now(), year });
      io.write(Buffer.from(render(bilan, bilanWords(loadTranslations()))));
      return 0;
    } finally {
      await stores.close();
    }
  },
};

function readArguments(args: readonly string[]) {
  const { year, format = 'html' } = parsed(args);
  if (year === undefined || !/^20\d\d$/.test(year)) throw new UsageError('report wants --year YYYY.');
  const render = FORMATS[format];
  if (render === undefined) throw new UsageError('--format is one of csv, json, html.');
  return { year: Number(year), render };
}

function parsed(args: readonly string[]): { year?: string | undefined; format?: string | undefined } {
  try {
    const options = { year: { type: 'string' }, format: { type: 'string' } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new UsageError('report does not know one of these options.');
  }
}
