import { z } from 'zod';
import type { Instant } from '../kernel/clock.js';
import { asId, type Id, newId, type StaffId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import type { Range } from '../kernel/ranges.js';
import { wallToInstant } from '../kernel/wall-clock.js';
import type { ResponderId } from './line.js';
import { type Gap, gapsIn, ROSTER_ZONE, type RosterEntry, type Shift, shiftsBetween } from './roster.js';
import { MAX_ROSTER_ENTRIES, type RosterEntryRef, type RosterStore } from './roster-store.js';

/** A time without a psychologist on the roster, and the operators who are on it then. */
export interface StaffedGap extends Gap {
  operators: ResponderId[];
}

export interface RosterWeek {
  shifts: Shift[];
  gaps: StaffedGap[];
}

export type RosterOutcome = { kind: 'added' } | { kind: 'invalid'; fields: string[] } | { kind: 'full' };

/** Who answers the immediate line, as coordinators plan it. Entries are added and taken back, never changed. */
export interface RosterEditor {
  entries(): Promise<RosterEntry[]>;
  /** @param open when the line answers; gaps are looked for there and nowhere else */
  week(window: { from: Instant; to: Instant }, open: readonly Range[]): Promise<RosterWeek>;
  /** @param entry times on the wall clock of `ROSTER_ZONE`; not yet checked */
  add(by: StaffId, entry: unknown): Promise<RosterOutcome>;
  remove(by: StaffId, ref: RosterEntryRef): Promise<void>;
}

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const wall = z.string().regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/);
const responder = z.string().min(1).max(100);
const role = z.enum(['psychologist', 'operator']);
const inOrder = ({ from, to }: { from: string; to: string }): boolean => from < to;
const ORDER = { path: ['to'] };
const MOST_SHIFTS = 20;

const entrySchema = z.discriminatedUnion('kind', [
  z
    .object({
      ...{ kind: z.literal('rule'), responder, role, from: clock, to: clock },
      weekday: z.number().int().min(1).max(7),
      firstDate: z.iso.date(),
      lastDate: z.iso.date().nullable(),
    })
    .refine(({ firstDate, lastDate }) => lastDate === null || lastDate >= firstDate, { path: ['lastDate'] }),
  z
    .object({
      ...{ kind: z.literal('override'), responder, role, from: wall, to: wall },
      change: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('add') }),
        z.object({ kind: z.literal('remove') }),
        z.object({ kind: z.literal('replace'), by: responder }),
      ]),
    })
    .refine(inOrder, ORDER),
  z
    .object({
      ...{ kind: z.literal('temporary'), from: wall, to: wall },
      shifts: z
        .array(z.object({ responder, role, from: wall, to: wall }).refine(inOrder, ORDER))
        .max(MOST_SHIFTS),
    })
    .refine(inOrder, ORDER),
]);

export function createRosterEditor(parts: {
  random: Random;
  store: RosterStore;
  /** Told of each change; `on` is the id of the entry. */
  changed: (by: StaffId, on: string) => Promise<void>;
}): RosterEditor {
  const { random, store, changed } = parts;
  return {
    entries: () => store.list(),
    async week(window, open) {
      const roster = await store.list();
      const shifts = shiftsBetween(roster, window);
      const operators = shifts.filter((shift) => shift.role === 'operator');
      const gaps = open.flatMap((range) =>
        gapsIn(roster, { ...(range as { from: Instant; to: Instant }), role: 'psychologist', atLeast: 1 }),
      );
      return { shifts, gaps: gaps.flatMap((gap) => staffed(gap, operators)) };
    },
    async add(by, entry) {
      const parsed = entrySchema.safeParse(entry);
      if (!parsed.success)
        return {
          kind: 'invalid',
          fields: parsed.error.issues.map(({ path }) => String(path.at(-1) ?? 'kind')),
        };
      if ((await store.list()).length >= MAX_ROSTER_ENTRIES) return { kind: 'full' };
      const id = newId<Id<'roster'>>(random);
      await store.put(entryOf(id, parsed.data));
      await changed(by, id);
      return { kind: 'added' };
    },
    async remove(by, ref) {
      await store.remove(ref);
      await changed(by, ref.id);
    },
  };
}

/** Cut where operators come or go, so that who is named is there all the time. */
function staffed(gap: Gap, operators: readonly Shift[]): StaffedGap[] {
  const inside = operators.filter(({ from, to }) => from < gap.to && to > gap.from);
  const cuts = inside.flatMap(({ from, to }) => [from, to]).filter((at) => at > gap.from && at < gap.to);
  const edges = [...new Set([gap.from, ...cuts, gap.to])].sort((a, b) => a - b);
  return edges.slice(0, -1).map((from, index) => {
    const there = inside.filter((shift) => shift.from <= from && from < shift.to);
    const names = [...new Set(there.map(({ responder }) => responder))];
    return { ...gap, from, to: edges[index + 1] ?? gap.to, operators: names };
  });
}

function entryOf(id: string, entry: z.infer<typeof entrySchema>): RosterEntry {
  if (entry.kind === 'rule') return { ...entry, id, responder: asId<Id<'staff'>>(entry.responder) };
  const times = { from: atWall(entry.from), to: atWall(entry.to) };
  if (entry.kind === 'temporary')
    return {
      kind: 'temporary',
      id,
      ...times,
      shifts: entry.shifts.map((shift) => ({
        ...shift,
        responder: asId<Id<'staff'>>(shift.responder),
        from: atWall(shift.from),
        to: atWall(shift.to),
      })),
    };
  const change =
    entry.change.kind === 'replace'
      ? { kind: 'replace' as const, by: asId<Id<'staff'>>(entry.change.by) }
      : entry.change;
  return {
    kind: 'override',
    id,
    responder: asId<Id<'staff'>>(entry.responder),
    role: entry.role,
    ...times,
    change,
  };
}

const atWall = (wallTime: string): Instant =>
  wallToInstant(wallTime.slice(0, 10), wallTime.slice(11), ROSTER_ZONE);
