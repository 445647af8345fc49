import { type Clock, type Instant, instant, MINUTE } from '../kernel/clock.js';
import { type Asked, advise, type Knowledge, type Orientation } from './advise.js';
import { createMeasureAdviser } from './advise-measures.js';
import { createDirectory, withEdits } from './directory.js';
import type { DirectoryEditStore, DirectoryGapStore } from './directory-store.js';
import type { EmergencyNumbers } from './emergency-numbers.js';
import type { ShippedDirectory } from './load-directory.js';

/** Answers with the shipped facts and the coordinators' edits. */
export interface Adviser {
  orient(asked: Asked): Promise<Orientation>;
  /** Counts, for coordinators, that an académie had no entry of its own. Called once for an answer that is told. */
  countGap(orientation: Orientation): Promise<void>;
  /** `undefined` where the numbers of mainland France answer. @param territory code of a department or a collectivity */
  numbersOf(territory: string | undefined): EmergencyNumbers | undefined;
  /** What the answers rest on now. */
  knowledge(): Promise<Knowledge>;
}

/** An edit is heard by callers after this long at most, on every instance. */
const REREAD_AFTER = MINUTE;

export function createAdviser(dependencies: {
  clock: Clock;
  shipped: ShippedDirectory;
  edits: Pick<DirectoryEditStore, 'list'>;
  gaps: Pick<DirectoryGapStore, 'add'>;
}): Adviser {
  const { clock, shipped, edits, gaps } = dependencies;
  let known: Knowledge | undefined;
  let readAt: Instant = instant(0);

  const knowledge = async (): Promise<Knowledge> => {
    if (known !== undefined && clock.now() - readAt < REREAD_AFTER) return known;
    readAt = clock.now();
    known = knowledgeOf(shipped, withEdits(shipped.services, await edits.list()));
    return known;
  };
  return {
    knowledge,
    numbersOf: (wanted) => shipped.emergencyNumbers.find(({ territory }) => territory === wanted),
    orient: async (asked) => advise(await knowledge(), asked),
    async countGap({ gap }) {
      if (gap !== null) await gaps.add({ ...gap, month: new Date(clock.now()).toISOString().slice(0, 7) });
    },
  };
}

export const knowledgeOf = (
  { documents, rules, services: shipped }: ShippedDirectory,
  services = shipped,
): Knowledge => ({
  documents,
  measures: createMeasureAdviser(rules),
  directory: createDirectory(services),
});
