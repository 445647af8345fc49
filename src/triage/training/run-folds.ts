import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { FoldTask } from './fold-worker.js';
import type { Judged } from './measures.js';

/** Judges folds on all cores; results in the order of the tasks. */
export async function runFolds(tasks: readonly FoldTask[]): Promise<Judged[][]> {
  const results: Judged[][] = tasks.map(() => []);
  const queue = tasks.map((task, index) => ({ task, index }));
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      results[next.index] = await judgeInThread(next.task);
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), tasks.length) }, work));
  return results;
}

function judgeInThread(task: FoldTask): Promise<Judged[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./fold-worker.js', import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
