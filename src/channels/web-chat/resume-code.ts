import { createCipheriv, createDecipheriv } from 'node:crypto';
import { asId, type ConversationId } from '../../kernel/ids.js';
import type { Random } from '../../kernel/random.js';

/** Twelve letters and digits that nobody mixes up (Crockford's base 32): 60 random bits. */
export type ResumeCode = string;

/**
 * A conversation that may be taken up again elsewhere has a code from which its id is made, and back: one AES
 * block under the service's key. Nothing is stored, and an id tells nothing of its code.
 */
export interface ResumeCodes {
  newId(): ConversationId;
  /** @returns `undefined` for a conversation that has no code: it was not opened by the chat */
  codeOf(id: ConversationId): ResumeCode | undefined;
  /** @returns `undefined` for what cannot be a code */
  idOf(text: string): ConversationId | undefined;
}

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE = /^[0-9A-HJKMNP-TV-Z]{12}$/;
const BLOCK_BYTES = 16;
const CODE_BYTES = 8;
const CODE_BITS = 60n;
const CIPHER = 'aes-256-ecb';

/** @param parts.key 32 bytes */
export function createResumeCodes({ key, random }: { key: Buffer; random: Random }): ResumeCodes {
  const idOfNumber = (number: bigint): ConversationId => {
    const block = Buffer.alloc(BLOCK_BYTES);
    block.writeBigUInt64BE(number);
    const cipher = createCipheriv(CIPHER, key, null).setAutoPadding(false);
    return asId<ConversationId>(Buffer.concat([cipher.update(block), cipher.final()]).toString('base64url'));
  };

  return {
    newId: () => idOfNumber(random.bytes(CODE_BYTES).readBigUInt64BE() >> (64n - CODE_BITS)),
    codeOf(id) {
      const sealed = Buffer.from(id, 'base64url');
      if (sealed.length !== BLOCK_BYTES) return undefined;
      const cipher = createDecipheriv(CIPHER, key, null).setAutoPadding(false);
      const block = Buffer.concat([cipher.update(sealed), cipher.final()]);
      const ours = block.subarray(CODE_BYTES).every((byte) => byte === 0);
      return ours ? lettersOf(block.readBigUInt64BE()) : undefined;
    },
    idOf(text) {
      const code = readCode(text);
      return code === undefined ? undefined : idOfNumber(numberOf(code));
    },
  };
}

/** As it is shown: three groups of four. */
export const showCode = (code: ResumeCode): string => code.replace(/(.{4})(?=.)/g, '$1-');

/** What people write in place of a digit is read as that digit. */
function readCode(text: string): ResumeCode | undefined {
  const code = text
    .slice(0, 40)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return CODE.test(code) ? code : undefined;
}

const lettersOf = (number: bigint): ResumeCode =>
  Array.from({ length: 12 }, (_, place) => LETTERS[Number((number >> BigInt(55 - 5 * place)) & 31n)]).join(
    '',
  );

const numberOf = (code: ResumeCode): bigint =>
  [...code].reduce((number, letter) => number * 32n + BigInt(LETTERS.indexOf(letter)), 0n);
