import type { Clock, Instant } from '../kernel/clock.js';
import { type ConversationId, newId, type StaffId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import { mask } from '../privacy/mask.js';
import type { RecordSealer } from '../privacy/record-sealer.js';
import type { NoteId, NoteStore } from './note-store.js';

export interface Note {
  at: Instant;
  /** Pseudonym of the colleague who wrote it. */
  by: string;
  /** Masked like a transcript (product.md, "Anonymity", rule 3). */
  text: string;
}

/** Notes the caller never sees. */
export interface Notes {
  add(
    conversation: ConversationId,
    note: { staff: StaffId; by: string; text: string },
  ): Promise<'added' | 'full'>;
  of(conversation: ConversationId): Promise<Note[]>;
  removeOf(conversation: ConversationId): Promise<void>;
}

const MOST_NOTES = 100;

export function createNotes(parts: {
  clock: Clock;
  random: Random;
  store: NoteStore;
  sealer: RecordSealer;
  changed: (conversation: ConversationId) => Promise<void>;
}): Notes {
  const { clock, random, store, sealer, changed } = parts;
  return {
    async add(conversation, { by, text }) {
      if ((await store.of(conversation, MOST_NOTES)).length >= MOST_NOTES) return 'full';
      const sealed = await sealer.seal(conversation, JSON.stringify({ by, text: mask(text) }));
      await store.add({ id: newId<NoteId>(random), conversation, at: clock.now(), sealed });
      await changed(conversation);
      return 'added';
    },
    async of(conversation) {
      const opened = await Promise.all(
        (await store.of(conversation, MOST_NOTES)).map(async ({ at, sealed }) => {
          const content = await sealer.open(conversation, sealed);
          return content === undefined ? [] : [{ at, ...(JSON.parse(content) as Omit<Note, 'at'>) }];
        }),
      );
      return opened.flat();
    },
    removeOf: (conversation) => store.removeOf(conversation),
  };
}
