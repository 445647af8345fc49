import type { ZodType } from 'zod';
import { after, type Clock, DAY } from '../kernel/clock.js';
import { type Id, newId, type SiteId, type StaffId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import { createCalendar } from './availability.js';
import type { AvailabilityRule, Booking } from './booking.js';
import type { BookingStore } from './booking-store.js';
import { markOf } from './diary-mark.js';
import { absenceSchema, closureSchema, psychologistSchema, ruleSchema, siteSchema } from './diary-schemas.js';
import type { Diary, DiaryChange, DiaryEntry, DiaryKind, DiaryStore } from './diary-store.js';
import type { AffectedBooking, Planning } from './planning.js';
import { editOccurrence, type OccurrenceChange } from './rule-edits.js';

/** Sites, psychologists and openings. Absences and closures also move bookings: `Away`. */
export type PlainKind = 'site' | 'psychologist' | 'rule';
export type AwayKind = 'absence' | 'closure';

export interface Edit<Kind extends DiaryKind = DiaryKind> {
  kind: Kind;
  /** `markOf` what the editor saw; '' for a new entry. */
  mark: string;
  /** Not yet checked. */
  value: unknown;
}

/** Points at an entry; an availability rule is named by its site too. */
export interface EntryRef {
  kind: DiaryKind;
  id: string;
  site?: SiteId;
}

export type EditOutcome =
  | { kind: 'saved'; entry: DiaryEntry }
  | { kind: 'removed' }
  /** Names of the fields at fault. */
  | { kind: 'invalid'; fields: string[] }
  /** Somebody else was faster: what stands now (`null`: removed), and what was wanted. */
  | { kind: 'conflict'; stored: DiaryEntry | null; wanted: DiaryEntry | null };

export interface OccurrenceEdit extends OccurrenceChange {
  site: SiteId;
  rule: string;
  mark: string;
}

/** What coordinators, and psychologists for their own absences, change in the diary. */
export interface DiaryEditor {
  /** As it stands, and the mark of each entry by `markOf`. */
  read(): Promise<Diary>;
  save(by: StaffId, edit: Edit<PlainKind>): Promise<EditOutcome>;
  remove(by: StaffId, ref: EntryRef & { mark: string }): Promise<EditOutcome>;
  /** Changes one occurrence of an opening, or all from there on. One conditional write decides. */
  changeOccurrence(by: StaffId, edit: OccurrenceEdit): Promise<EditOutcome>;
  /** Bookings that stood inside an opening and no longer would. They keep their time. Nothing is saved. */
  uncovered(edit: OccurrenceEdit): Promise<Booking[]>;
  /** The same for an opening that is saved as a whole. @param value not yet checked; faulty or new: none */
  uncoveredBySeries(value: unknown): Promise<Booking[]>;
  /** Faults of an absence or a closure before it is looked at. */
  faultsOf(edit: Pick<Edit<AwayKind>, 'kind' | 'value'>): string[];
  /** Saves a new absence or closure; each booking it falls on is kept another time. */
  addAway(by: StaffId, edit: Pick<Edit<AwayKind>, 'kind' | 'value'>): Promise<AffectedBooking[]>;
}

export interface DiaryEditorParts {
  clock: Clock;
  random: Random;
  diary: DiaryStore;
  bookings: Pick<BookingStore, 'confirmedIn'>;
  planning: Pick<Planning, 'saveAbsence' | 'saveClosure'>;
  /** Told of each change that was made; `on` is the id of the entry. */
  changed: (by: StaffId, what: { kind: DiaryKind; on: string }) => Promise<void>;
}

const SCHEMAS: Readonly<Record<DiaryKind, ZodType>> = {
  site: siteSchema,
  psychologist: psychologistSchema,
  rule: ruleSchema,
  absence: absenceSchema,
  closure: closureSchema,
};
const REACH = 99 * DAY;

export function createDiaryEditor(parts: DiaryEditorParts): DiaryEditor {
  const { clock, random, diary: store, bookings, planning, changed } = parts;

  async function write(by: StaffId, change: DiaryChange): Promise<EditOutcome> {
    const { kind, before, after: wanted } = change;
    if ((await store.change(change)) === 'conflict') {
      const ref = { kind, ...refOf(wanted ?? before) };
      return { kind: 'conflict', stored: entryIn(await store.read(), ref) ?? null, wanted };
    }
    await changed(by, { kind, on: (wanted ?? before)?.id ?? '' });
    return wanted === null ? { kind: 'removed' } : { kind: 'saved', entry: wanted };
  }

  /** The stored rule, if it is still the one that was seen, and what the edit makes of it. */
  async function plannedEdit(edit: OccurrenceEdit) {
    const diary = await store.read();
    const rule = entryIn(diary, { kind: 'rule', id: edit.rule, site: edit.site }) as
      | AvailabilityRule
      | undefined;
    if (rule === undefined || markOf(rule) !== edit.mark) return { diary, rule, planned: undefined };
    return { diary, rule, planned: editOccurrence(rule, edit, () => newId<Id<'rule'>>(random)) };
  }

  /** Bookings inside an opening that no longer would be, were the rule replaced by others. */
  async function leftOutside(
    diary: Diary,
    { rule, by }: { rule: AvailabilityRule; by: readonly AvailabilityRule[] },
  ): Promise<Booking[]> {
    const others = diary.rules.filter((one) => !(one.site === rule.site && one.id === rule.id));
    const before = createCalendar(diary);
    const calendar = createCalendar({ ...diary, rules: [...others, ...by] });
    const window = { from: clock.now(), to: after(clock.now(), REACH) };
    const booked = await bookings.confirmedIn({ psychologists: [rule.psychologist], ...window });
    return booked.filter((booking) => isOpenFor(before, booking) && !isOpenFor(calendar, booking));
  }

  return {
    read: () => store.read(),

    async save(by, { kind, mark, value }) {
      const parsed = SCHEMAS[kind].safeParse(value);
      if (!parsed.success) return { kind: 'invalid', fields: fieldsOf(parsed.error) };
      const wanted = parsed.data as DiaryEntry;
      const diary = await store.read();
      const fields = kind === 'rule' ? unknownIn(diary, wanted as AvailabilityRule) : [];
      if (fields.length > 0) return { kind: 'invalid', fields };
      const stored = entryIn(diary, { kind, ...refOf(wanted) });
      if (mark !== (stored === undefined ? '' : markOf(stored)))
        return { kind: 'conflict', stored: stored ?? null, wanted };
      return write(by, { kind, before: stored ?? null, after: wanted } as DiaryChange);
    },

    async remove(by, { mark, ...ref }) {
      const stored = entryIn(await store.read(), ref);
      if (stored === undefined) return { kind: 'removed' };
      if (markOf(stored) !== mark) return { kind: 'conflict', stored, wanted: null };
      return write(by, { kind: ref.kind, before: stored, after: null } as DiaryChange);
    },

    async changeOccurrence(by, edit) {
      const { rule, planned } = await plannedEdit(edit);
      if (planned === undefined || rule === undefined)
        return { kind: 'conflict', stored: rule ?? null, wanted: null };
      const invalid = [planned.after, ...planned.added].flatMap((one) => faults('rule', one));
      if (invalid.length > 0) return { kind: 'invalid', fields: invalid };
      const outcome = await write(by, { kind: 'rule', before: rule, after: planned.after });
      if (outcome.kind === 'conflict') return outcome;
      for (const added of planned.added) await store.putRule(added);
      return outcome;
    },

    async uncovered(edit) {
      const { diary, rule, planned } = await plannedEdit(edit);
      if (rule === undefined || planned === undefined) return [];
      const kept = planned.after === null ? [] : [planned.after];
      return leftOutside(diary, { rule, by: [...kept, ...planned.added] });
    },

    async uncoveredBySeries(value) {
      const parsed = ruleSchema.safeParse(value);
      if (!parsed.success) return [];
      const wanted = parsed.data as AvailabilityRule;
      const diary = await store.read();
      const rule = diary.rules.find((one) => one.site === wanted.site && one.id === wanted.id);
      return rule === undefined ? [] : leftOutside(diary, { rule, by: [wanted] });
    },

    faultsOf: ({ kind, value }) => faults(kind, value),

    async addAway(by, { kind, value }) {
      const hits = await (kind === 'absence' ? planning.saveAbsence(value) : planning.saveClosure(value));
      await changed(by, { kind, on: (value as { id: string }).id });
      return hits;
    },
  };
}

function faults(kind: DiaryKind, value: unknown): string[] {
  if (value === null) return [];
  const parsed = SCHEMAS[kind].safeParse(value);
  return parsed.success ? [] : fieldsOf(parsed.error);
}

const fieldsOf = ({ issues }: { issues: readonly { path: readonly PropertyKey[] }[] }): string[] => [
  ...new Set(issues.map(({ path }) => String(path[0] ?? 'other'))),
];

const unknownIn = ({ sites, psychologists }: Diary, rule: AvailabilityRule): string[] => [
  ...(sites.some(({ id }) => id === rule.site) ? [] : ['site']),
  ...(psychologists.some(({ id }) => id === rule.psychologist) ? [] : ['psychologist']),
];

function refOf(entry: DiaryEntry | null): { id: string; site?: SiteId } {
  if (entry === null) return { id: '' };
  return 'durations' in entry ? { id: entry.id, site: entry.site } : { id: entry.id };
}

/** The entry that a reference points at. */
export function entryIn(diary: Diary, { kind, id, site }: EntryRef): DiaryEntry | undefined {
  if (kind === 'rule') return diary.rules.find((rule) => rule.id === id && rule.site === site);
  const lists = {
    ...{ site: diary.sites, psychologist: diary.psychologists },
    ...{ absence: diary.absences, closure: diary.closures },
  };
  return (lists[kind] as DiaryEntry[]).find((entry) => entry.id === id);
}

const isOpenFor = (
  calendar: ReturnType<typeof createCalendar>,
  { site, psychologist, mode, start, end }: Booking,
): boolean =>
  calendar
    .openings(site, { from: start, to: end })
    .some(
      ({ rule, from, to }) =>
        rule.psychologist === psychologist && rule.modes.includes(mode) && from <= start && to >= end,
    );
