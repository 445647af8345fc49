import type { AppointmentCall, AppointmentCallStore } from '../../booking/appointment-call-store.js';
import type { BookingId } from '../../kernel/ids.js';
import type { LmdbFile } from './lmdb-file.js';
import { saveNext, values } from './lmdb-file.js';

export function appointmentCallStore(file: LmdbFile): AppointmentCallStore {
  const calls = file.table<AppointmentCall>('appointment-calls');
  /** `[dueAt, booking]`. */
  const byDue = file.table<BookingId>('appointment-calls-by-due');
  return {
    save: (call) =>
      file.transaction(() => {
        const before = calls.get(call.booking);
        if (saveNext(calls, call.booking, call) === 'conflict') return 'conflict';
        if (before !== undefined) byDue.removeSync([before.dueAt, before.booking]);
        byDue.putSync([call.dueAt, call.booking], call.booking);
        return 'saved';
      }),
    get: async (booking) => calls.get(booking),
    due: async (at, limit) =>
      values(byDue, { start: [0, ''], end: [at, '\uffff'], limit }).flatMap((id) => calls.get(id) ?? []),
    remove: (booking) =>
      file.transaction(() => {
        const before = calls.get(booking);
        if (before === undefined) return;
        byDue.removeSync([before.dueAt, booking]);
        calls.removeSync(booking);
      }),
  };
}
