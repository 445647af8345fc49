import { createHash } from 'node:crypto';
import type { Random } from '../../src/kernel/random.js';

/** The same bytes for the same seed, in the same order. */
export function seededRandom(seed = 'seed'): Random {
  let counter = 0;
  const block = (): Buffer => {
    counter += 1;
    return createHash('sha256').update(`${seed}:${counter}`).digest();
  };
  const bytes = (length: number): Buffer => {
    const blocks: Buffer[] = [];
    for (let size = 0; size < length; size += 32) blocks.push(block());
    return Buffer.concat(blocks).subarray(0, length);
  };
  return { bytes, integer: (below) => bytes(6).readUIntBE(0, 6) % below };
}
