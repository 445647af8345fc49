import { parentPort, workerData } from 'node:worker_threads';
import { type BaselineName, judgeByBaseline } from './baselines.js';
import type { Fold } from './folds.js';
import { judge } from './judge.js';
import { trainModels } from './train-models.js';

export interface FoldTask {
  fold: Fold;
  engine: 'ours' | BaselineName;
}

/** Judges one fold in a thread of its own, so that the cores share the folds. */
const { fold, engine } = workerData as FoldTask;
parentPort?.postMessage(
  engine === 'ours'
    ? judge(trainModels({ rows: fold.train, digest: fold.name }), fold.test)
    : await judgeByBaseline(engine, fold),
);
