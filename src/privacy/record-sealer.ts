import { type Clock, type Instant, MINUTE } from '../kernel/clock.js';
import type { ConversationId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import type { RecordKeyStore } from './record-key-store.js';
import { decrypt, encrypt, type Secrets } from './secrets.js';

/** Encrypts each conversation with a key of its own: destroying the key destroys the words. */
export interface RecordSealer {
  seal(record: ConversationId, plaintext: string): Promise<string>;
  /** `undefined` when the key was destroyed. */
  open(record: ConversationId, sealed: string): Promise<string | undefined>;
  destroy(records: readonly ConversationId[]): Promise<void>;
}

/** Hot conversations do not read the store at each turn; other instances see a destruction within this time. */
const REMEMBERED_FOR = MINUTE;
const REMEMBERED_KEYS = 5_000;

export function createRecordSealer(dependencies: {
  clock: Clock;
  random: Random;
  secrets: Secrets;
  store: RecordKeyStore;
}): RecordSealer {
  const { clock, random, secrets, store } = dependencies;
  const remembered = new Map<ConversationId, { key: Buffer; until: Instant }>();

  const remember = (record: ConversationId, key: Buffer): Buffer => {
    if (remembered.size >= REMEMBERED_KEYS) {
      const [oldest] = remembered.keys();
      if (oldest !== undefined) remembered.delete(oldest);
    }
    remembered.set(record, { key: apart(key), until: (clock.now() + REMEMBERED_FOR) as Instant });
    return key;
  };

  const existing = async (record: ConversationId): Promise<Buffer | undefined> => {
    const known = remembered.get(record);
    if (known !== undefined && known.until > clock.now()) return known.key;
    remembered.delete(record);
    const wrapped = await store.get(record);
    if (wrapped === undefined) return undefined;
    return remember(record, Buffer.from(secrets.open('records', wrapped, record), 'base64url'));
  };

  const keyFor = async (record: ConversationId): Promise<Buffer> => {
    const known = await existing(record);
    if (known !== undefined) return known;
    const key = random.bytes(32);
    const wrapped = secrets.seal('records', key.toString('base64url'), record);
    if ((await store.create(record, wrapped)) === 'created') return remember(record, key);
    return (await existing(record)) ?? key;
  };

  return {
    async seal(record, plaintext) {
      const key = await keyFor(record);
      return encrypt(key, plaintext, { associated: record, random }).toString('base64url');
    },
    async open(record, sealed) {
      const key = await existing(record);
      return key === undefined ? undefined : decrypt(key, Buffer.from(sealed, 'base64url'), record);
    },
    async destroy(records) {
      for (const record of records) remembered.delete(record);
      await store.destroy(records);
    },
  };
}

/** A short buffer is a piece of a long one, which is kept as long as any of its pieces. */
function apart(key: Buffer): Buffer {
  const own = Buffer.alloc(key.length);
  key.copy(own);
  return own;
}
