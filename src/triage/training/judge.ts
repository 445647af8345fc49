import { createScreen, NO_CONTEXT } from '../../safety/screen.js';
import { createUnderstand } from '../understand.js';
import type { CorpusRow } from './corpus.js';
import type { Judged } from './measures.js';
import type { Models } from './train-models.js';

/** What the service makes of rows that its models have not seen. */
export function judge(models: Models, rows: readonly CorpusRow[]): Judged[] {
  const screen = createScreen(models.safety);
  const understand = createUnderstand(models.triage);
  return rows.map((row) => {
    const screening = screen(row.text, NO_CONTEXT);
    return {
      row,
      level: screening.level,
      reason: screening.level === 'clear' ? undefined : screening.reason,
      understanding: understand(row.text),
    };
  });
}
