import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../kernel/clock.js';
import type { StaffId } from '../kernel/ids.js';
import type { HoursEdit, HoursStore } from './hours-store.js';
import { type HoursKey, type OpeningHours, openingHoursSchema } from './opening-hours.js';
import { keyOf } from './opening-times.js';

/** Hours as they stand, for those who edit them. */
export interface HoursEntry extends HoursKey {
  /** What an edit must name: 0 while only the shipped hours are there. */
  version: number;
  /** `null`: taken away. */
  hours: OpeningHours | null;
}

export type HoursSaved =
  | { kind: 'saved'; version: number }
  /** Somebody else saved meanwhile; `entry` is what stands now. */
  | { kind: 'conflict'; entry: HoursEntry }
  /** What is wrong, and where. */
  | { kind: 'invalid'; fault: string };

export interface HoursEditor {
  list(): Promise<HoursEntry[]>;
  /** Every version of one entry, newest first, at most 100. */
  history(key: HoursKey): Promise<HoursEdit[]>;
  /**
   * Saves over the version the editor saw. An earlier version of the history, given again, is how one goes back.
   * @param hours checked here; `null` takes the entry away, and the wider territory answers
   */
  save(edit: HoursKey & { version: number; hours: unknown; by: StaffId }): Promise<HoursSaved>;
  /** Saves every entry of a list that differs from what stands; all are good or none is taken. */
  importAll(values: readonly unknown[], by: StaffId): Promise<HoursImported>;
}

export type HoursImported =
  | { kind: 'invalid'; fault: string }
  | { kind: 'imported'; changed: number; unchanged: number; conflicts: number };

const HISTORY = 100;
const MOST_ENTRIES = 1_000;

export function createHoursEditor(parts: {
  clock: Clock;
  shipped: readonly OpeningHours[];
  store: HoursStore;
  /** Told of each edit once it has won. */
  changed: (by: StaffId, key: HoursKey) => Promise<void>;
}): HoursEditor {
  const { clock, shipped, store, changed } = parts;

  async function list(): Promise<HoursEntry[]> {
    const entries = new Map<string, HoursEntry>(
      shipped.map((hours) => [keyOf(hours), { ...only(hours), version: 0, hours }]),
    );
    for (const { version, hours, ...edit } of await store.list())
      entries.set(keyOf(edit), { ...only(edit), version, hours });
    return [...entries.values()];
  }

  async function save({
    version: seen,
    hours,
    by,
    ...key
  }: HoursKey & { version: number; hours: unknown; by: StaffId }): Promise<HoursSaved> {
    const checked = hours === null ? { kind: 'valid' as const, hours: null } : checkHours(hours);
    if (checked.kind === 'invalid') return checked;
    if (checked.hours !== null && keyOf(checked.hours) !== keyOf(key))
      return { kind: 'invalid', fault: 'The hours are those of another service or territory.' };
    const version = seen + 1;
    const edit: HoursEdit = {
      ...only(key),
      version,
      hours: checked.hours,
      editedAt: clock.now(),
      editedBy: by,
    };
    if ((await store.save(edit)) === 'saved') {
      await changed(by, only(key));
      return { kind: 'saved', version };
    }
    const current = (await list()).find((entry) => keyOf(entry) === keyOf(key));
    return { kind: 'conflict', entry: current ?? { ...only(key), version: 0, hours: null } };
  }

  return {
    list,
    history: (key) => store.history(key, HISTORY),
    save,
    async importAll(values, by) {
      const checked = checkAll(values);
      if (checked.kind === 'invalid') return checked;
      const before = new Map((await list()).map((entry) => [keyOf(entry), entry]));
      const counts = { changed: 0, unchanged: 0, conflicts: 0 };
      for (const hours of checked.all) {
        const entry = before.get(keyOf(hours));
        if (isDeepStrictEqual(entry?.hours, hours)) counts.unchanged += 1;
        else {
          const saved = await save({ ...only(hours), version: entry?.version ?? 0, hours, by });
          counts[saved.kind === 'saved' ? 'changed' : 'conflicts'] += 1;
        }
      }
      return { kind: 'imported', ...counts };
    },
  };
}

const only = ({ service, territory }: HoursKey): HoursKey => ({ service, territory });

type CheckedHours = { kind: 'valid'; hours: OpeningHours } | { kind: 'invalid'; fault: string };

function checkHours(value: unknown): CheckedHours {
  const parsed = openingHoursSchema.safeParse(value);
  if (parsed.success) return { kind: 'valid', hours: parsed.data };
  const [issue] = parsed.error.issues;
  return { kind: 'invalid', fault: `${issue?.path.join('.') || 'the entry'}: ${issue?.message}.` };
}

function checkAll(
  values: readonly unknown[],
): { kind: 'valid'; all: OpeningHours[] } | { kind: 'invalid'; fault: string } {
  if (values.length > MOST_ENTRIES)
    return { kind: 'invalid', fault: `There are more than ${MOST_ENTRIES} entries.` };
  const all: OpeningHours[] = [];
  for (const [index, value] of values.entries()) {
    const checked = checkHours(value);
    if (checked.kind === 'invalid') return { kind: 'invalid', fault: `Entry ${index + 1}, ${checked.fault}` };
    if (all.some((one) => keyOf(one) === keyOf(checked.hours)))
      return { kind: 'invalid', fault: `The entry ${keyOf(checked.hours)} stands twice.` };
    all.push(checked.hours);
  }
  return { kind: 'valid', all };
}
