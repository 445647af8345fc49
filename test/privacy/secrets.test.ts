import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSecrets } from '../../src/privacy/secrets.js';
import { seededRandom } from '../support/seeded-random.js';

const key = randomBytes(32);
const other = randomBytes(32);
const random = seededRandom();

describe('sealed texts', () => {
  it('open for the same purpose and the same thing only', () => {
    const secrets = createSecrets({ current: key, random });
    const sealed = secrets.seal('vault', '06 39 98 00 01', 'contact/callback');
    expect(Buffer.from(sealed, 'base64url').includes('39 98')).toBe(false);
    expect(secrets.open('vault', sealed, 'contact/callback')).toBe('06 39 98 00 01');
    expect(() => secrets.open('vault', sealed, 'contact/reminder')).toThrow('changed');
    expect(() => secrets.open('desk-phone', sealed, 'contact/callback')).toThrow('changed');
  });

  it('show when a byte was changed', () => {
    const secrets = createSecrets({ current: key, random });
    const bytes = Buffer.from(secrets.seal('records', 'words', 'r'), 'base64url');
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    expect(() => secrets.open('records', bytes.toString('base64url'), 'r')).toThrow('changed');
  });

  it('of the key before still open while it is given, and are known to be old', () => {
    const sealed = createSecrets({ current: other, random }).seal('vault', 'words', 'a');
    const rotated = createSecrets({ current: key, previous: other, random });
    expect(rotated.open('vault', sealed, 'a')).toBe('words');
    expect(rotated.isOld('vault', sealed)).toBe(true);
    expect(rotated.isOld('vault', rotated.seal('vault', 'words', 'a'))).toBe(false);
    expect(() => createSecrets({ current: key, random }).open('vault', sealed, 'a')).toThrow('changed');
  });
});
