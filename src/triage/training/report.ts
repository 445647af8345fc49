import { NEEDS } from '../need.js';
import { confusion, type Judged, type Measures, measure, type Proportion, proportion } from './measures.js';

const percent = (share: number): string => `${(100 * share).toFixed(1)}`;

const shown = ({ count, of, low, high }: Proportion): string =>
  of === 0 ? '-' : `${percent(count / of)} [${percent(low)}-${percent(high)}]`;
const plain = ({ count, of }: Proportion): string => (of === 0 ? '-' : percent(count / of));

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Every measure of one set of rows, in percent, with Wilson's intervals at 95 %. */
export function wholeTable(judged: readonly Judged[]): string {
  const m = measure(judged);
  return table(
    ['measure', 'percent [95 % interval]', 'of'],
    [
      ['vital: alerted at once', shown(m.alerted), String(m.alerted.of)],
      ['vital: alerted or asked', shown(m.alertedOrAsked), String(m.alertedOrAsked.of)],
      ['others: alerted for nothing', shown(m.falseAlarms), String(m.falseAlarms.of)],
      ['others: touched (alerted or asked)', shown(m.touched), String(m.touched.of)],
      ['need: first said is the main one', shown(m.top1), String(m.top1.of)],
      ['need: accepted (main or also)', shown(m.accepted), String(m.accepted.of)],
      [
        'need: accepted after one question',
        shown(m.acceptedAfterQuestion),
        String(m.acceptedAfterQuestion.of),
      ],
      ['need: among the first two', shown(m.top2), String(m.top2.of)],
      ['not vital: need accepted, whatever the screen', shown(m.needAccepted), String(m.needAccepted.of)],
      ['not vital: answered without a question', shown(m.needAnswered), String(m.needAnswered.of)],
      ['macro F1 of the twelve needs', percent(m.macroF1), String(m.rows)],
      ['calibration error (ECE)', percent(m.calibrationError), String(m.needAccepted.of)],
    ],
  );
}

const COLUMNS = [
  'rows',
  'vital',
  'alerted',
  'alert or ask',
  'false alarms',
  'touched',
  'accepted',
  'after question',
];

const cells = (m: Measures): string[] => [
  String(m.rows),
  String(m.alerted.of),
  plain(m.alerted),
  plain(m.alertedOrAsked),
  plain(m.falseAlarms),
  plain(m.touched),
  plain(m.accepted),
  plain(m.acceptedAfterQuestion),
];

/** One line a group: a channel, a hand, an engine. */
export function groupTable(what: string, groups: readonly (readonly [string, readonly Judged[]])[]): string {
  return table(
    [what, ...COLUMNS],
    groups.map(([name, judged]) => [name, ...cells(measure(judged))]),
  );
}

export function groupedBy(
  judged: readonly Judged[],
  key: (one: Judged) => string,
): (readonly [string, Judged[]])[] {
  const names = [...new Set(judged.map(key))].sort();
  return names.map((name) => [name, judged.filter((one) => key(one) === name)] as const);
}

/** Vital families: how many are found. Others: how many are touched. */
export function familyTable(judged: readonly Judged[]): string {
  return table(
    ['family', 'vital', 'rows', 'alerted', 'alerted or asked'],
    groupedBy(judged, ({ row }) => `${row.urgency === 'vital' ? 'yes' : 'no'} ${row.family}`)
      .sort(([a], [b]) => (a < b ? 1 : -1))
      .map(([name, group]) => {
        const [vital = '', family = ''] = name.split(' ');
        const alerted = group.filter(({ level }) => level === 'vital').length;
        const touched = group.filter(({ level }) => level !== 'clear').length;
        return [
          family,
          vital,
          String(group.length),
          plain(proportion(alerted, group.length)),
          shown(proportion(touched, group.length)),
        ];
      }),
  );
}

/** Lines: what was meant; columns: what was said, in the same order. */
export function confusionTable(judged: readonly Judged[]): string {
  const short = NEEDS.map((need) => need.slice(0, 9));
  return table(
    ['meant \\ said', ...short],
    confusion(judged).map((line, index) => [NEEDS[index] ?? '', ...line.map(String)]),
  );
}
