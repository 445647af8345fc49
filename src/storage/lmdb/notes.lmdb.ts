import type { NoteStore, SealedNote } from '../../handoff/note-store.js';
import type { LmdbFile } from './lmdb-file.js';
import { values } from './lmdb-file.js';

const MOST_OF_A_CONVERSATION = 1_000;

export function noteStore(file: LmdbFile): NoteStore {
  /** `[conversation, at, id]`. */
  const notes = file.table<SealedNote>('notes');
  const rangeOf = (conversation: string, limit: number) => ({
    start: [conversation, 0],
    end: [conversation, Number.MAX_SAFE_INTEGER],
    limit,
  });
  return {
    add: (note) => file.transaction(() => notes.putSync([note.conversation, note.at, note.id], note)),
    of: async (conversation, limit) => values(notes, rangeOf(conversation, limit)),
    removeOf: (conversation) =>
      file.transaction(() => {
        for (const { key } of notes.getRange(rangeOf(conversation, MOST_OF_A_CONVERSATION)))
          notes.removeSync(key);
      }),
  };
}
