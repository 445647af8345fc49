import type { Connection } from 'mongoose';
import type { NoteStore, SealedNote } from '../../handoff/note-store.js';
import { collection, plain, type Stored } from './collections.js';

export function noteStore(connection: Connection): NoteStore {
  const notes = collection<Stored<SealedNote>>(connection, 'notes', {
    fields: { _id: String, id: String, conversation: String, at: Number, sealed: String },
    indexes: { plain: [['conversation', 'at']] },
  });
  return {
    async add(note) {
      await notes.create([{ ...note, _id: note.id }]);
    },
    async of(conversation, limit) {
      const found = notes.find({ conversation }).sort({ at: 1, _id: 1 }).limit(limit);
      return (await found.lean<Stored<SealedNote>[]>().exec()).map((one) => plain<SealedNote>(one));
    },
    async removeOf(conversation) {
      await notes.deleteMany({ conversation });
    },
  };
}
