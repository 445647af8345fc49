import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { createScreen, NO_CONTEXT, type SafetyModel } from '../../safety/screen.js';
import { createUnderstand, type TriageModel } from '../understand.js';
import { BASELINES, INSTALL_BASELINES, isInstalled } from './baselines.js';
import { type CorpusRow, readCases, readCorpus } from './corpus.js';
import type { FoldTask } from './fold-worker.js';
import { authorFolds, authorsOf, duplicateFolds, type Fold } from './folds.js';
import { judge } from './judge.js';
import { type Judged, quantile } from './measures.js';
import { confusionTable, familyTable, groupedBy, groupTable, table, wholeTable } from './report.js';
import { runFolds } from './run-folds.js';
import type { Models } from './train-models.js';

/**
 * `npm run eval:triage`: judges the engine on hands its models have not read, and on the file of
 * TRIAGE_CASES, if given, with the models kept in the repository. Options: `--quick` leaves out the learning
 * curve and the baselines.
 */
const START = 'start';
const DUPLICATE_FOLDS = 5;
const HAND_FOLDS = 8;
const CURVE_TEST = 4;
const CURVE_STEPS = [1, 2, 4, 8];

const print = (text: string): void => {
  process.stdout.write(`${text}\n\n`);
};

async function evaluate(cases: string | undefined, quick: boolean): Promise<void> {
  const { rows, digest } = readCorpus('src/triage/corpus');
  print(
    `${new Date().toISOString().slice(0, 10)}, ${rows.length} utterances of ${authorsOf(rows).length} hands, corpus ${digest.slice(0, 12)}, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`,
  );
  if (cases !== undefined) judgeCases(readCases(cases));
  const independent = independentOf(rows);
  if (independent.length > 0) await leaveHandsOut(rows);
  await startAlone(rows);
  if (!quick && independent.length > CURVE_TEST) {
    await learningCurve(rows, independent);
    await againstBaselines(rows);
  }
  latency(rows);
}

const independentOf = (rows: readonly CorpusRow[]): string[] =>
  authorsOf(rows).filter((author) => author !== START);

function keptModels(): Models {
  const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
  return {
    safety: read('src/safety/model.json') as SafetyModel,
    triage: read('src/triage/model.json') as TriageModel,
  };
}

function judgeCases(rows: readonly CorpusRow[]): void {
  const judged = judge(keptModels(), rows);
  print('## The cases of TRIAGE_CASES, by the models kept in the repository');
  printJudged(judged);
}

function printJudged(judged: readonly Judged[]): void {
  print(wholeTable(judged));
  print(
    groupTable(
      'channel',
      groupedBy(judged, ({ row }) => row.channel),
    ),
  );
  print(familyTable(judged));
  print(confusionTable(judged));
}

const tasks = (folds: readonly Fold[], engine: FoldTask['engine'] = 'ours'): FoldTask[] =>
  folds.map((fold) => ({ fold, engine }));

/** Every independent hand is judged by models trained on the start and the other hands. */
async function leaveHandsOut(rows: readonly CorpusRow[]): Promise<void> {
  const folds = authorFolds(rows, { judged: independentOf(rows), count: HAND_FOLDS });
  const judged = (await runFolds(tasks(folds))).flat();
  print('## Hands left out: each judged by models that have read nothing of it');
  printJudged(judged);
  print(
    groupTable(
      'hand',
      groupedBy(judged, ({ row }) => row.author),
    ),
  );
}

/** The start's families are its author's own; its near-duplicates are never on both sides. */
async function startAlone(rows: readonly CorpusRow[]): Promise<void> {
  const start = rows.filter(({ author }) => author === START);
  const judged = (await runFolds(tasks(duplicateFolds(start, DUPLICATE_FOLDS)))).flat();
  print('## The first hand alone, folds by groups of near-duplicates (one author: optimistic)');
  print(wholeTable(judged));
}

async function learningCurve(rows: readonly CorpusRow[], independent: readonly string[]): Promise<void> {
  const every = Math.floor(independent.length / CURVE_TEST);
  const tested = independent.filter((_, index) => index % every === 0).slice(0, CURVE_TEST);
  const learned = independent.filter((author) => !tested.includes(author));
  const steps = [0, ...CURVE_STEPS.filter((step) => step < learned.length), learned.length];
  const test = rows.filter(({ author }) => tested.includes(author));
  const folds = steps.map((step): Fold => {
    const hands = [START, ...learned.slice(0, step)];
    return { name: `${step}`, train: rows.filter(({ author }) => hands.includes(author)), test };
  });
  const judged = await runFolds(tasks(folds));
  print(`## Learning curve: the start and more hands, judged on ${tested.join(', ')}`);
  print(
    groupTable(
      'hands beside the start (rows)',
      folds.map(({ name, train }, index) => [`${name} (${train.length})`, judged[index] ?? []] as const),
    ),
  );
}

async function againstBaselines(rows: readonly CorpusRow[]): Promise<void> {
  const folds = authorFolds(rows, { judged: independentOf(rows), count: HAND_FOLDS });
  const results: [string, Judged[]][] = [];
  for (const engine of BASELINES) {
    if (await isInstalled(engine)) results.push([engine, (await runFolds(tasks(folds, engine))).flat()]);
    else print(`${engine} is not installed and is left out; to have it: ${INSTALL_BASELINES}`);
  }
  if (results.length > 0) {
    print('## Public baselines on the same folds (one threshold, no question)');
    print(groupTable('engine', results));
  }
}

const REPEATED = 20_000;
const SHORT_MESSAGE = 300;

/** On one core, with the models kept in the repository. */
function latency(rows: readonly CorpusRow[]): void {
  const models = keptModels();
  const screen = createScreen(models.safety);
  const understand = createUnderstand(models.triage);
  const texts = rows.map(({ text }) => text);
  const message = (length: number, from: number): string => {
    let text = texts[from % texts.length] ?? '';
    for (let next = from + 1; text.length < length; next += 1) text += ` ${texts[next % texts.length]}`;
    return text.slice(0, length);
  };
  const short = Array.from({ length: 2_000 }, (_, index) => message(SHORT_MESSAGE, index * 3));
  const long = Array.from({ length: 40 }, (_, index) => message(REPEATED, index * 50));
  const time = (given: readonly string[], act: (text: string) => unknown): string[] => {
    for (const text of given.slice(0, 200)) act(text);
    const times = given.map((text) => {
      const start = performance.now();
      act(text);
      return performance.now() - start;
    });
    return [0.5, 0.99].map((share) => `${quantile(times, share).toFixed(2)} ms`);
  };
  print('## Time on one core');
  print(
    table(
      ['what', 'p50', 'p99'],
      [
        ['screen, 300 characters', ...time(short, (text) => screen(text, NO_CONTEXT))],
        [
          'screen and need, 300 characters',
          ...time(short, (text) => [screen(text, NO_CONTEXT), understand(text)]),
        ],
        ['screen, 20,000 characters, whole', ...time(long, (text) => screen(text, NO_CONTEXT))],
      ],
    ),
  );
}

const casesGiven = process.argv.find((argument) => argument.startsWith('--cases='))?.slice('--cases='.length);
await evaluate(casesGiven === '' ? undefined : casesGiven, process.argv.includes('--quick'));
