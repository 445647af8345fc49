import type { Connection } from 'mongoose';
import type { Reminder, ReminderStore } from '../../booking/reminder-store.js';
import { collection, plain, type Stored, saveNext } from './collections.js';

export function reminderStore(connection: Connection): ReminderStore {
  const reminders = collection<Stored<Reminder>>(connection, 'reminders', {
    fields: {
      ...{ _id: String, booking: String, contact: String, way: String, language: String },
      ...{ dueAt: Number, version: Number },
    },
    indexes: { plain: [['dueAt']] },
  });
  return {
    save: (reminder) => saveNext<Reminder>(reminders, reminder.booking, reminder),
    async get(booking) {
      const document = await reminders.findById(booking).lean<Stored<Reminder>>().exec();
      return document === null ? undefined : plain<Reminder>(document);
    },
    async due(at, limit) {
      const found = reminders
        .find({ dueAt: { $lte: at } } as object)
        .sort({ dueAt: 1 })
        .limit(limit);
      return (await found.lean<Stored<Reminder>[]>().exec()).map((one) => plain<Reminder>(one));
    },
    async remove(booking) {
      await reminders.deleteOne({ _id: booking });
    },
  };
}
