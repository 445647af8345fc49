import type { Connection } from 'mongoose';
import type { AppointmentCall, AppointmentCallStore } from '../../booking/appointment-call-store.js';
import { any, collection, plain, type Stored, saveNext } from './collections.js';

export function appointmentCallStore(connection: Connection): AppointmentCallStore {
  const calls = collection<Stored<AppointmentCall>>(connection, 'appointment-calls', {
    fields: {
      ...{ _id: String, booking: String, contact: String, language: String },
      ...{ dueAt: Number, attempts: Number, call: any, version: Number },
    },
    indexes: { plain: [['dueAt']] },
  });
  return {
    save: (call) => saveNext<AppointmentCall>(calls, call.booking, call),
    async get(booking) {
      const document = await calls.findById(booking).lean<Stored<AppointmentCall>>().exec();
      return document === null ? undefined : plain<AppointmentCall>(document);
    },
    async due(at, limit) {
      const found = calls
        .find({ dueAt: { $lte: at } } as object)
        .sort({ dueAt: 1 })
        .limit(limit);
      return (await found.lean<Stored<AppointmentCall>[]>().exec()).map((one) => plain<AppointmentCall>(one));
    },
    async remove(booking) {
      await calls.deleteOne({ _id: booking });
    },
  };
}
