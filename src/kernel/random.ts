import { randomBytes, randomInt } from 'node:crypto';

/** Source of randomness. Production uses the operating system's generator; tests use a seeded one. */
export interface Random {
  bytes(length: number): Buffer;
  /** @returns an integer in [0, below) */
  integer(below: number): number;
}

export const systemRandom: Random = {
  bytes: (length) => randomBytes(length),
  integer: (below) => randomInt(below),
};

/** URL-safe token carrying `byteLength` random bytes. */
export const token = (random: Random, byteLength = 16): string =>
  random.bytes(byteLength).toString('base64url');
