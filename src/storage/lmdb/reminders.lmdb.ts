import type { Reminder, ReminderStore } from '../../booking/reminder-store.js';
import type { BookingId } from '../../kernel/ids.js';
import type { LmdbFile } from './lmdb-file.js';
import { saveNext, values } from './lmdb-file.js';

export function reminderStore(file: LmdbFile): ReminderStore {
  const reminders = file.table<Reminder>('reminders');
  /** `[dueAt, booking]`. */
  const byDue = file.table<BookingId>('reminders-by-due');
  return {
    save: (reminder) =>
      file.transaction(() => {
        const before = reminders.get(reminder.booking);
        if (saveNext(reminders, reminder.booking, reminder) === 'conflict') return 'conflict';
        if (before !== undefined) byDue.removeSync([before.dueAt, before.booking]);
        byDue.putSync([reminder.dueAt, reminder.booking], reminder.booking);
        return 'saved';
      }),
    get: async (booking) => reminders.get(booking),
    due: async (at, limit) =>
      values(byDue, { start: [0, ''], end: [at, '\uffff'], limit }).flatMap((id) => reminders.get(id) ?? []),
    remove: (booking) =>
      file.transaction(() => {
        const before = reminders.get(booking);
        if (before === undefined) return;
        byDue.removeSync([before.dueAt, booking]);
        reminders.removeSync(booking);
      }),
  };
}
