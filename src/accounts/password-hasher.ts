import { hash, verify } from '@node-rs/argon2';

export interface PasswordHasher {
  /** @returns a PHC string */
  hash(password: string): Promise<string>;
  verify(stored: string, password: string): Promise<boolean>;
}

/** OWASP's second recommended setting of Argon2id: 19 MiB, 2 passes, 1 lane. */
const SETTING = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const argon2Hasher: PasswordHasher = {
  hash: (password) => hash(password, SETTING),
  verify: (stored, password) => verify(stored, password),
};
