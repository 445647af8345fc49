import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { CodedError } from '../kernel/errors.js';
import type { Random } from '../kernel/random.js';

/** What a sealed text is for; each purpose has a key of its own, derived from SECRET_KEY. */
export type SecretPurpose =
  | 'vault'
  | 'records'
  | 'direct-line'
  | 'desk-phone'
  | 'desk-code'
  | 'csrf'
  | 'carrier-record'
  | 'totp'
  | 'provider';

/** AES-256-GCM under SECRET_KEY. A text is bound to its purpose and to `associated` (an id, for instance). */
export interface Secrets {
  seal(purpose: SecretPurpose, plaintext: string, associated: string): string;
  /** @throws CodedError `invalid-input` when it was not sealed so, by this key or the previous one */
  open(purpose: SecretPurpose, sealed: string, associated: string): string;
  /** True for what the previous key sealed: to be sealed again before that key is dropped. */
  isOld(purpose: SecretPurpose, sealed: string): boolean;
  /** A key derived for something that is not sealing, 32 bytes. */
  derive(name: string): Buffer;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_NAME_BYTES = 4;

interface Key {
  /** First bytes of a text sealed by it, derived from it. */
  name: Buffer;
  bytes: Buffer;
}

export function createSecrets(options: {
  current: Buffer;
  previous?: Buffer | undefined;
  random: Random;
}): Secrets {
  const masters = [options.current, ...(options.previous === undefined ? [] : [options.previous])];
  const cache = new Map<string, Key[]>();

  const keysFor = (purpose: string): Key[] => {
    const known = cache.get(purpose);
    if (known !== undefined) return known;
    const keys = masters.map((master) => ({
      name: expand(master, `${purpose}/name`, KEY_NAME_BYTES),
      bytes: expand(master, purpose, 32),
    }));
    cache.set(purpose, keys);
    return keys;
  };

  const keyOf = (purpose: SecretPurpose, data: Buffer): Key | undefined =>
    keysFor(purpose).find(({ name }) => name.equals(data.subarray(0, KEY_NAME_BYTES)));

  return {
    seal(purpose, plaintext, associated) {
      const [key] = keysFor(purpose);
      if (key === undefined) throw new Error('no key');
      return Buffer.concat([
        key.name,
        encrypt(key.bytes, plaintext, { associated, random: options.random }),
      ]).toString('base64url');
    },
    open(purpose, sealed, associated) {
      const data = Buffer.from(sealed, 'base64url');
      const key = keyOf(purpose, data);
      if (key === undefined) throw notOurs();
      return decrypt(key.bytes, data.subarray(KEY_NAME_BYTES), associated);
    },
    isOld: (purpose, sealed) => {
      const [current] = keysFor(purpose);
      return current !== undefined && keyOf(purpose, Buffer.from(sealed, 'base64url')) !== current;
    },
    derive: (name) => expand(options.current, `derived/${name}`, 32),
  };
}

/** For the secrets of authenticators, each bound to whose it is. */
export const totpSealer = (secrets: Secrets) => ({
  seal: (secret: string, staff: string): string => secrets.seal('totp', secret, staff),
  open: (sealed: string, staff: string): string => secrets.open('totp', sealed, staff),
});

/** For desk phones and the codes said on them, each bound to whose it is. */
export const deskPhoneSealer = (secrets: Secrets) => ({
  sealNumber: (number: string, staff: string): string => secrets.seal('desk-phone', number, staff),
  sealCode: (code: string, staff: string): string => secrets.seal('desk-code', code, staff),
  openCode: (sealed: string, staff: string): string => secrets.open('desk-code', sealed, staff),
});

const notOurs = (cause?: unknown): CodedError =>
  new CodedError('invalid-input', 'This sealed text was not made here, or was changed.', { cause });

const expand = (master: Buffer, info: string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', master, 'numero-unique', info, length));

/** iv, ciphertext, tag. */
export function encrypt(
  key: Buffer,
  plaintext: string,
  { associated, random }: { associated: string; random: Random },
): Buffer {
  const iv = random.bytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(associated));
  return Buffer.concat([iv, cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** @throws CodedError `invalid-input` when the text was changed or the key is another */
export function decrypt(key: Buffer, data: Buffer, associated: string): string {
  try {
    const end = data.length - TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(associated));
    decipher.setAuthTag(data.subarray(end));
    return Buffer.concat([decipher.update(data.subarray(IV_BYTES, end)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw notOurs(cause);
  }
}
