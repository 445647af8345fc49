import { afterEach, beforeEach } from 'vitest';
import type { Stores } from '../../src/storage/stores.js';

/** Opens an empty store for one test. */
export type OpenStores = () => Promise<{ stores: Stores; remove: () => Promise<void> }>;

/** The stores of the running test. */
export function freshStores(open: OpenStores): () => Stores {
  let opened: Awaited<ReturnType<OpenStores>> | undefined;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(async () => {
    await opened?.remove();
    opened = undefined;
  });
  return () => {
    if (opened === undefined) throw new Error('the store is not open');
    return opened.stores;
  };
}

export const RACERS = 50;

/** Starts the same write many times at once and counts the answers. */
export async function race<T extends string>(write: (racer: number) => Promise<T>): Promise<Map<T, number>> {
  const answers = await Promise.all(Array.from({ length: RACERS }, (_, racer) => write(racer)));
  const counts = new Map<T, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return counts;
}
