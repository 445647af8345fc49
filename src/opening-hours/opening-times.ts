import { type Clock, type Instant, instant, MINUTE } from '../kernel/clock.js';
import type { Range } from '../kernel/ranges.js';
import type { HoursEdit, HoursStore } from './hours-store.js';
import { type OpenState, opensBetween, stateAt, UNKNOWN } from './open-state.js';
import {
  type HoursKey,
  type LineService,
  type OpeningHours,
  openingHoursSchema,
  type Place,
  territoriesOf,
} from './opening-hours.js';

/**
 * When the line answers. It fails open: whatever is broken, missing or unreadable is `unknown`, and nobody is told
 * that a service is closed. Nothing here ever rejects.
 */
export interface OpeningTimes {
  /** @param place where the caller is; left out, the national hours */
  stateOf(service: LineService, place?: Place): Promise<OpenState>;
  /** The entry that answers at a place; `undefined` when none can be told. */
  hoursOf(service: LineService, place?: Place): Promise<OpeningHours | undefined>;
  /** Epoch milliseconds, in order; `undefined` when the hours are not known: any time may be offered. */
  opensBetween(service: LineService, place: Place, between: Range): Promise<Range[] | undefined>;
}

/** An edit is heard by callers after this long at most, on every instance. */
const REREAD_AFTER = MINUTE;

/** Current entries by key; `undefined` stands for one that cannot be read. */
type Table = ReadonlyMap<string, OpeningHours | undefined>;

export const keyOf = ({ service, territory }: HoursKey): string => `${service}/${territory}`;

export function createOpeningTimes(parts: {
  clock: Clock;
  shipped: readonly OpeningHours[];
  store: Pick<HoursStore, 'list'>;
  /** Told when the hours could not be read; callers are served as if they were open. */
  trouble: (error: unknown) => void;
}): OpeningTimes {
  const { clock, shipped, store, trouble } = parts;
  let table: Promise<Table> = Promise.resolve(new Map());
  let readAt: Instant = instant(0);

  /** Whoever asks while the hours are read waits for the same reading; one that fails leaves the last one. */
  function current(): Promise<Table> {
    if (readAt > 0 && clock.now() - readAt < REREAD_AFTER) return table;
    readAt = clock.now();
    const before = table;
    table = store.list().then(
      (edits) => tableOf(shipped, edits),
      (error: unknown) => {
        trouble(error);
        return before;
      },
    );
    return table;
  }

  async function hoursOf(service: LineService, place: Place = {}): Promise<OpeningHours | undefined> {
    const entries = await current();
    const keys = territoriesOf(place).map((territory) => keyOf({ service, territory }));
    const key = keys.find((one) => entries.has(one));
    return key === undefined ? undefined : entries.get(key);
  }

  async function guarded<T>(
    [service, place]: [LineService, Place | undefined],
    read: (hours: OpeningHours) => T,
  ): Promise<T | undefined> {
    try {
      const hours = await hoursOf(service, place);
      return hours === undefined ? undefined : read(hours);
    } catch (error) {
      trouble(error);
      return undefined;
    }
  }

  return {
    stateOf: async (service, place) =>
      (await guarded([service, place], (hours) => stateAt(hours, clock.now()))) ?? UNKNOWN,
    hoursOf: (service, place) =>
      guarded([service, place], (hours) => (hours.weekly === null ? undefined : hours)),
    opensBetween: (service, place, between) =>
      guarded([service, place], (hours) => opensBetween(hours, between)),
  };
}

function tableOf(shipped: readonly OpeningHours[], edits: readonly HoursEdit[]): Table {
  const table = new Map<string, OpeningHours | undefined>(shipped.map((hours) => [keyOf(hours), hours]));
  for (const edit of edits) {
    if (edit.hours === null) table.delete(keyOf(edit));
    else table.set(keyOf(edit), readable(edit));
  }
  return table;
}

/** What another release or a hand in the database wrote may not be hours. */
function readable({ hours, service, territory }: HoursEdit): OpeningHours | undefined {
  const parsed = openingHoursSchema.safeParse(hours);
  const own = parsed.success && parsed.data.service === service && parsed.data.territory === territory;
  return own ? parsed.data : undefined;
}
