import { type ChosenRules, chooseRules } from './choose-rules.js';
import type { MeasureRule, RequestFile, RuleSet } from './measure-rules.js';
import type { MeasureId, Profile } from './profile.js';
import { bestWay, textsFor, toldTo, tryWay } from './weigh.js';

export interface Deadline {
  what: string;
  /** ISO date, the last day included. */
  date: string;
  status: 'open' | 'closed';
}

/** One measure of the adjustment dispositif, weighed against a profile. */
export interface AdvisedMeasure {
  id: MeasureId;
  name: string;
  /** Not ruled out by the profile. A campaign that is over shows in `deadlines`. */
  open: boolean;
  /** One sentence: what it is for, or why it is not open. */
  why: string;
  conditions: string[];
  duration: string;
  effects: { post: string; pay: string };
  papers: { administrative: string[]; medical: string[] };
  send: { what: string; to: string; how: string }[];
  deadlines: Deadline[];
  /** Id of the document in `data/documents.json`. */
  document: string;
}

export interface AdvisedMeasures extends ChosenRules {
  measures: AdvisedMeasure[];
  /** What is told once: the document's own notes, then those of the open measures. */
  notes: string[];
}

/**
 * Weighs the measures against a profile.
 * @param today ISO date
 */
export type AdviseMeasures = (profile: Profile, today: string) => AdvisedMeasures;

/** Answers kept for profiles that differ in nothing that a measure asks about. */
const KEPT_ANSWERS = 8_000;

/** The answers depend on nothing but their arguments; those given already are kept, and are the same objects. */
export function createMeasureAdviser(rules: readonly RuleSet[]): AdviseMeasures {
  const kept = new Map<string, AdvisedMeasure>();
  const keyParts = new Map(rules.flatMap((set) => set.measures.map((rule) => [rule, fieldsOf(set, rule)])));

  const weighed = (chosen: ChosenRules, rule: MeasureRule, situation: Situation): AdvisedMeasure => {
    const key = keyOf(chosen, rule, { ...situation, fields: keyParts.get(rule) ?? [] });
    const known = kept.get(key);
    if (known !== undefined) return known;
    const measure = weigh(chosen, rule, situation);
    if (kept.size >= KEPT_ANSWERS) kept.clear();
    kept.set(key, measure);
    return measure;
  };

  return (profile, today) => {
    const chosen = chooseRules(rules, profile);
    const situation = { profile, today, paldEndsBy: paldLimit(chosen.set, today) };
    const measures = chosen.set.measures.map((rule) => weighed(chosen, rule, situation));
    const open = chosen.set.measures.filter((_, index) => measures[index]?.open);
    const notes = [chosen.set, ...open].flatMap((noted) => textsFor(noted.notes, profile));
    return { ...chosen, measures: wishedFirst(measures, profile), notes: [...new Set(notes)] };
  };
}

interface Situation {
  profile: Profile;
  today: string;
  /** ISO date: a PALD that ends later is not concerned. */
  paldEndsBy: string | undefined;
}

function weigh(chosen: ChosenRules, rule: MeasureRule, situation: Situation): AdvisedMeasure {
  const { set } = chosen;
  const { profile, today, paldEndsBy } = situation;
  const file = fileOf(set, rule);
  const access = bestWay(rule.access.map((way) => tryWay([...set.requires, ...way], profile, paldEndsBy)));
  return {
    id: rule.id,
    name: rule.name,
    open: access.open,
    why: access.open ? rule.why : access.why,
    conditions: access.open
      ? [...chosen.conditions, ...access.conditions, ...textsFor(rule.conditions, profile)]
      : [],
    duration: rule.duration,
    effects: rule.effects,
    papers: {
      administrative: access.open ? textsFor(file.administrative, profile) : [],
      medical: access.open ? textsFor(file.medical, profile) : [],
    },
    send: access.open ? toldTo(file.send, profile).map(({ what, to, how }) => ({ what, to, how })) : [],
    deadlines: deadlinesOf(chosen, rule, today),
    document: rule.source.document,
  };
}

/**
 * A campaign is for those whose PALD ends before its start of school year. Once it is over, the next one asks
 * the same for the end of the school year under way.
 */
function paldLimit({ campaign }: RuleSet, today: string): string | undefined {
  if (campaign === undefined) return undefined;
  const year = Number(today.slice(0, 4));
  const endOfSchoolYear = today <= `${year}-08-31` ? `${year}-08-31` : `${year + 1}-08-31`;
  return [campaign.paldEndsBy, endOfSchoolYear].sort().at(-1);
}

function fileOf(set: RuleSet, rule: MeasureRule): RequestFile {
  const file = set.files[rule.file];
  if (file === undefined) throw new Error(`${set.id} has no file ${rule.file}`);
  return file;
}

function deadlinesOf({ set, perhaps }: ChosenRules, rule: MeasureRule, today: string): Deadline[] {
  const others = perhaps.flatMap((other) =>
    datesOf(other, rule).map(({ what, date }) => ({
      what: `${other.appliesTo?.label ?? ''} : ${what}`,
      date,
    })),
  );
  return [...datesOf(set, rule), ...others].map(({ what, date }) => ({
    what,
    date,
    status: date >= today ? 'open' : 'closed',
  }));
}

function wishedFirst(measures: AdvisedMeasure[], { wishes }: Profile): AdvisedMeasure[] {
  if (wishes === undefined || wishes.length === 0) return measures;
  const wished = (measure: AdvisedMeasure): number => (wishes.includes(measure.id) ? 0 : 1);
  return measures.toSorted((one, other) => wished(one) - wished(other));
}

type AskedField = 'corps' | 'status' | 'position' | 'rqth' | 'department' | 'pacdYears' | 'paldEnds';
const ASKED_FIELDS = ['corps', 'status', 'position', 'rqth', 'department', 'pacdYears', 'paldEnds'] as const;

/** The parts of a profile that a measure's rules ask about. */
function fieldsOf(set: RuleSet, rule: MeasureRule): AskedField[] {
  const file = fileOf(set, rule);
  const requirements = [...set.requires, ...rule.access.flat()];
  const guards = [...requirements, ...rule.conditions, ...file.administrative, ...file.medical, ...file.send];
  const asked = new Set<string>([
    ...requirements.map(({ field }) => field),
    ...guards.flatMap(({ when }) => Object.keys(when ?? {})),
  ]);
  return ASKED_FIELDS.filter((field) => asked.has(field));
}

/** Two situations with one key have one answer. */
function keyOf(
  chosen: ChosenRules,
  rule: MeasureRule,
  { profile, today, paldEndsBy, fields }: Situation & { fields: readonly AskedField[] },
): string {
  let key = `${chosen.key}/${rule.id}`;
  for (const field of fields) key += field === 'paldEnds' ? '' : `/${profile[field]}`;
  if (fields.includes('paldEnds') && profile.paldEnds !== undefined && paldEndsBy !== undefined)
    key += profile.paldEnds <= paldEndsBy ? '/in-time' : '/late';
  for (const { date } of [chosen.set, ...chosen.perhaps].flatMap((set) => datesOf(set, rule)))
    key += date >= today ? '/open' : '/closed';
  return key;
}

function datesOf(set: RuleSet, { id }: MeasureRule): readonly { what: string; date: string }[] {
  const same = set.measures.find((measure) => measure.id === id);
  return same === undefined ? [] : fileOf(set, same).deadlines;
}
