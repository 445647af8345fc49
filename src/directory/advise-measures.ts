import { type ChosenRules, chooseRules } from './choose-rules.js';
import type { MeasureRule, RequestFile, RuleSet } from './measure-rules.js';
import type { MeasureId, Profile } from './profile.js';
import { type Access, bestWay, textsFor, toldTo, tryWay } from './weigh.js';

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

/** @param today ISO date */
export function adviseMeasures(rules: readonly RuleSet[], profile: Profile, today: string): AdvisedMeasures {
  const chosen = chooseRules(rules, profile);
  const weighed = chosen.set.measures.map((rule) => weigh(chosen, rule, { profile, today }));
  const open = chosen.set.measures.filter((_, index) => weighed[index]?.open);
  const notes = [chosen.set, ...open].flatMap((noted) => textsFor(noted.notes, profile));
  return { ...chosen, measures: wishedFirst(weighed, profile), notes: [...new Set(notes)] };
}

interface Situation {
  profile: Profile;
  today: string;
}

function weigh(chosen: ChosenRules, rule: MeasureRule, { profile, today }: Situation): AdvisedMeasure {
  const { set } = chosen;
  const file = fileOf(set, rule);
  const access = accessTo(set, rule, { profile, today });
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

function accessTo(set: RuleSet, rule: MeasureRule, { profile, today }: Situation): Access {
  const paldEndsBy = set.campaign === undefined ? undefined : paldLimit(set.campaign.paldEndsBy, today);
  return bestWay(rule.access.map((way) => tryWay([...set.requires, ...way], profile, paldEndsBy)));
}

/**
 * A campaign is for those whose PALD ends before its start of school year. Once it is over, the next one asks
 * the same for the end of the school year under way.
 */
function paldLimit(ofCampaign: string, today: string): string {
  const year = Number(today.slice(0, 4));
  const endOfSchoolYear = today <= `${year}-08-31` ? `${year}-08-31` : `${year + 1}-08-31`;
  return endOfSchoolYear > ofCampaign ? endOfSchoolYear : ofCampaign;
}

function fileOf(set: RuleSet, rule: MeasureRule): RequestFile {
  const file = set.files[rule.file];
  if (file === undefined) throw new Error(`${set.id} has no file ${rule.file}`);
  return file;
}

function deadlinesOf({ set, perhaps }: ChosenRules, rule: MeasureRule, today: string): Deadline[] {
  const own = fileOf(set, rule).deadlines.map(({ what, date }) => ({ what, date }));
  const others = perhaps.flatMap((other) => {
    const same = other.measures.find(({ id }) => id === rule.id);
    const { deadlines } = same === undefined ? { deadlines: [] } : fileOf(other, same);
    return deadlines.map(({ what, date }) => ({ what: `${other.appliesTo?.label ?? ''} : ${what}`, date }));
  });
  return [...own, ...others].map(({ what, date }) => ({
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
