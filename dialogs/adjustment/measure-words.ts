import type { SheetMeasure } from '../../src/conversations/conversation.js';
import type { Orientation } from '../../src/directory/advise.js';
import type { AdvisedMeasure, Deadline } from '../../src/directory/advise-measures.js';
import { frenchDate } from '../../src/directory/french-date.js';
import type { Say } from '../dialog.js';

export const openOnes = ({ measures }: Orientation): AdvisedMeasure[] => measures.filter(({ open }) => open);

/** What is open and what is not, in a few lines, with the whole of it on a sheet to print. */
export function overview(orientation: Orientation): Say[] {
  const open = openOnes(orientation);
  const closed = orientation.measures.filter((measure) => !measure.open);
  const sheet = { kind: 'sheet', measures: open.map(toSheet), notes: orientation.notes } as const;
  const lines = open.map(({ name, why }) => `• ${name} : ${why}`).join('\n');
  return [
    ...counted(open.length),
    ...(open.length === 0 ? [] : [{ text: lines, card: sheet }]),
    ...(closed.length === 0 ? [] : [{ key: 'adjustment.closed', params: { list: reasons(closed) } }]),
    ...dates(open).slice(0, 1),
    ...age(orientation),
    { key: 'adjustment.decision' },
  ];
}

/** For a text message: what stays open and until when. */
export const overviewLines = (open: readonly AdvisedMeasure[]): Say[] => [
  ...open.map(({ name }) => ({ text: `• ${name}` })),
  ...dates(open),
];

export const age = ({ oldRules }: Orientation): Say[] => (oldRules ? [{ key: 'adjustment.old-rules' }] : []);

/** How many measures stay open. */
export const counted = (count: number): Say[] =>
  count === 0 ? [{ key: 'adjustment.none' }] : [{ key: 'adjustment.introduction', params: { count } }];

const reasons = (closed: readonly AdvisedMeasure[]): string =>
  closed.map(({ name, why }) => `${name} : ${why}`).join('\n');

const toSheet = ({ id, open, document, ...measure }: AdvisedMeasure): SheetMeasure => measure;

/** Everything about one measure, one paragraph each. */
export function details(measure: AdvisedMeasure): Say[] {
  return [
    { text: `${measure.name}. ${measure.why}` },
    ...effects(measure),
    ...listed('adjustment.conditions', measure.conditions),
    ...listed('adjustment.administrative', measure.papers.administrative),
    ...listed('adjustment.medical', measure.papers.medical),
    ...measure.send.map(({ what, to, how }) => ({ key: 'adjustment.send', params: { what, to, how } })),
    ...dates([measure]),
  ];
}

const effects = ({ duration, effects: { post, pay } }: AdvisedMeasure): Say[] => [
  { key: 'adjustment.effects', params: { duration, post, pay } },
];

const listed = (key: string, items: readonly string[]): Say[] =>
  items.length === 0 ? [] : [{ key, params: { list: items.map((item) => `• ${item}`).join('\n') } }];

/** A campaign that is over is never told as if it were not. */
function dates(measures: readonly AdvisedMeasure[]): Say[] {
  const all = measures.flatMap(({ deadlines }) => deadlines);
  const unique = [...new Map(all.map((deadline) => [deadline.what + deadline.date, deadline])).values()];
  return unique.map(told);
}

const told = ({ what, date, status }: Deadline): Say => ({
  key: `adjustment.deadline-${status}`,
  params: { what, date: frenchDate(date) },
});

/** What a measure is, for the ear. */
export const headline = (measure: AdvisedMeasure): Say[] => [
  { text: `${measure.name}. ${measure.why} ${measure.duration} ${measure.effects.post}` },
];

/** Its details, one idea at a time. */
export function detailsOneByOne({
  conditions,
  papers,
  send,
  deadlines,
  effects: { pay },
}: AdvisedMeasure): Say[] {
  return [
    { text: pay },
    ...conditions.map((text) => ({ text })),
    ...papers.administrative.map((paper) => ({ key: 'adjustment.paper', params: { paper } })),
    ...papers.medical.map((paper) => ({ key: 'adjustment.medical-paper', params: { paper } })),
    ...send.map(({ what, to, how }) => ({ key: 'adjustment.send', params: { what, to, how } })),
    ...deadlines.map(told),
  ];
}
