import { randomBytes, randomInt } from 'node:crypto';

/** Source of randomness. Production uses the operating system's generator; tests use a seeded one. */
export interface Random {
  bytes(length: number): Buffer;
  /** @returns an integer in [0, below) */
  integer(below: number): number;
}

/** Bytes fetched at once: a call to the generator for each nonce of 12 bytes costs more than the nonce. */
const FETCHED = 4_096;

function pooledBytes(): (length: number) => Buffer {
  let pool = Buffer.alloc(0);
  return (length) => {
    if (length > FETCHED / 4) return randomBytes(length);
    if (pool.length < length) pool = randomBytes(FETCHED);
    const taken = Buffer.from(pool.subarray(0, length));
    pool.fill(0, 0, length);
    pool = pool.subarray(length);
    return taken;
  };
}

export const systemRandom: Random = {
  bytes: pooledBytes(),
  integer: (below) => randomInt(below),
};

/** URL-safe token carrying `byteLength` random bytes. */
export const token = (random: Random, byteLength = 16): string =>
  random.bytes(byteLength).toString('base64url');
