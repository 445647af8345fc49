import type { Screening } from '../../safety/screen.js';
import { NEEDS, type Need } from '../need.js';
import type { Understanding } from '../understand.js';
import type { CorpusRow } from './corpus.js';

/** One row and what the service made of it. */
export interface Judged {
  row: CorpusRow;
  level: Screening['level'];
  reason: string | undefined;
  understanding: Understanding;
}

export interface Proportion {
  count: number;
  of: number;
  /** Wilson's interval at 95 %. */
  low: number;
  high: number;
}

const Z = 1.96;

export function proportion(count: number, of: number): Proportion {
  if (of === 0) return { count, of, low: 0, high: 1 };
  const share = count / of;
  const middle = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half = (Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2))) / (1 + Z ** 2 / of);
  return { count, of, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

const shareOf = <T>(items: readonly T[], test: (item: T) => boolean): Proportion =>
  proportion(items.filter(test).length, items.length);

export interface Measures {
  rows: number;
  /** Of the rows whose life is at risk. */
  alerted: Proportion;
  alertedOrAsked: Proportion;
  /** Of the others. */
  falseAlarms: Proportion;
  touched: Proportion;
  /** Of all rows, as the `triage` command answers them: danger is the need `crise`. */
  top1: Proportion;
  accepted: Proportion;
  acceptedAfterQuestion: Proportion;
  top2: Proportion;
  /** Of the rows that are not vital: the need alone, whatever the screen says. */
  needAccepted: Proportion;
  needAnswered: Proportion;
  macroF1: number;
  /** Mean distance between how sure it says it is and how often it is right, in tenths of confidence. */
  calibrationError: number;
}

const isVital = ({ row }: Judged): boolean => row.urgency === 'vital';
const isTouched = ({ level }: Judged): boolean => level !== 'clear';
const right = ({ row }: Judged): readonly Need[] => [row.need, ...row.also];

/** The need that the command prints. */
export const needSaid = ({ level, understanding }: Judged): Need =>
  level === 'vital' ? 'crise' : understanding.need;

const isAccepted = (judged: Judged): boolean => right(judged).includes(needSaid(judged));

/** A person is offered with every question; the direct question is answered truly. */
function isAcceptedAfterQuestion(judged: Judged): boolean {
  const { level, understanding } = judged;
  if (isVital(judged)) return level !== 'clear' || isAccepted(judged);
  if (level === 'vital') return false;
  const { need, ask } = understanding;
  const offered: readonly Need[] = ask === null ? [need] : [...ask.choices, 'parler_humain'];
  return offered.some((choice) => right(judged).includes(choice));
}

function isInTop2(judged: Judged): boolean {
  if (judged.level === 'vital') return isVital(judged);
  return judged.understanding.ranked.slice(0, 2).some(({ need }) => right(judged).includes(need));
}

export function measure(judged: readonly Judged[]): Measures {
  const vital = judged.filter(isVital);
  const others = judged.filter((one) => !isVital(one));
  return {
    rows: judged.length,
    alerted: shareOf(vital, ({ level }) => level === 'vital'),
    alertedOrAsked: shareOf(vital, isTouched),
    falseAlarms: shareOf(others, ({ level }) => level === 'vital'),
    touched: shareOf(others, isTouched),
    top1: shareOf(judged, (one) => needSaid(one) === one.row.need),
    accepted: shareOf(judged, isAccepted),
    acceptedAfterQuestion: shareOf(judged, isAcceptedAfterQuestion),
    top2: shareOf(judged, isInTop2),
    needAccepted: shareOf(others, (one) => right(one).includes(one.understanding.need)),
    needAnswered: shareOf(others, ({ understanding }) => understanding.ask === null),
    macroF1: macroF1(judged),
    calibrationError: calibrationError(others),
  };
}

function macroF1(judged: readonly Judged[]): number {
  const scores = NEEDS.map((need) => {
    const said = judged.filter((one) => needSaid(one) === need);
    const meant = judged.filter(({ row }) => row.need === need);
    const both = said.filter(({ row }) => row.need === need).length;
    return said.length + meant.length === 0 ? 1 : (2 * both) / (said.length + meant.length);
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

const TENTHS = 10;

function calibrationError(judged: readonly Judged[]): number {
  const bins = Array.from({ length: TENTHS }, () => ({ count: 0, sure: 0, right: 0 }));
  for (const one of judged) {
    const { confidence, need } = one.understanding;
    const bin = bins[Math.min(TENTHS - 1, Math.floor(confidence * TENTHS))];
    if (bin === undefined) continue;
    bin.count += 1;
    bin.sure += confidence;
    bin.right += right(one).includes(need) ? 1 : 0;
  }
  return bins.reduce((sum, bin) => sum + Math.abs(bin.sure - bin.right), 0) / (judged.length || 1);
}

/** Rows: what was meant; columns: what was said; both in the order of NEEDS. */
export function confusion(judged: readonly Judged[]): number[][] {
  return NEEDS.map((meant) =>
    NEEDS.map((said) => judged.filter((one) => one.row.need === meant && needSaid(one) === said).length),
  );
}

/** Value below which this share of the times lies. */
export function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
