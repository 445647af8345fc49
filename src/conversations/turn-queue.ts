/**
 * Runs tasks of one key strictly one after the other, in the order they came; other keys are not delayed.
 * Two instances of the service are kept apart by the version of the conversation, not by this queue.
 */
export interface TurnQueue {
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is running or waiting. */
  idle(): Promise<void>;
  readonly size: number;
}

export function createTurnQueue(): TurnQueue {
  const tails = new Map<string, Promise<unknown>>();

  const run = <T>(key: string, task: () => Promise<T>): Promise<T> => {
    const before = tails.get(key) ?? Promise.resolve();
    const result = before.then(task, task);
    const tail = result.then(
      () => undefined,
      () => undefined,
    );
    tails.set(key, tail);
    tail.then(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
    return result;
  };

  const idle = async (): Promise<void> => {
    while (tails.size > 0) await Promise.all(tails.values());
  };

  return {
    run,
    idle,
    get size() {
      return tails.size;
    },
  };
}
