import { existsSync } from 'node:fs';
import path from 'node:path';
import { createConnection } from 'mongoose';
import type { Booking } from '../booking/booking.js';
import type { Alert } from '../handoff/alert.js';
import { CodedError } from '../kernel/errors.js';
import type { HoursEdit } from '../opening-hours/hours-store.js';
import type { LineRequest } from '../phone-line/line.js';
import { openRawFile, type RawFile } from './lmdb/tables.js';
import { documentOf } from './mongo/bookings.mongo.js';
import { hoursVersionId } from './mongo/hours.mongo.js';
import { alertKey, requestKey } from './mongo/live-records.mongo.js';

type Document = Record<string, unknown>;
/** The document that stands for one entry of the embedded store. */
type ToDocument = (value: never, key: never) => Document;

const underId: ToDocument = (value: { id: string }) => ({ ...value, _id: value.id });

/** Each table of records, as MongoDB keeps it. */
const RECORDS: Readonly<Record<string, ToDocument>> = {
  conversations: (head: { id: string; owner: { kind: string } }) => ({
    ...head,
    _id: head.id,
    ownerKind: head.owner.kind,
    tail: [],
  }),
  messages: (message: { conversation: string; seq: number }) => ({
    ...message,
    _id: `${message.conversation}|${message.seq}`,
  }),
  events: (event: unknown, seq: number) => ({ _id: seq, event, at: 0 }),
  counters: (value: number, name: string) => ({ _id: name, value }),
  bookings: (booking: Booking) => ({ ...documentOf(booking) }),
  sites: underId,
  psychologists: underId,
  absences: underId,
  closures: underId,
  availability: (rule: { site: string; id: string }) => ({ ...rule, _id: `${rule.site}|${rule.id}` }),
  'imported-busy': (busy: { psychologist: string }) => ({ ...busy, _id: busy.psychologist }),
  'diary-revision': (revision: number, name: string) => ({ _id: name, revision }),
  duties: (duty: { responder: string }) => ({ ...duty, _id: duty.responder }),
  'line-requests': (request: LineRequest) => ({
    ...request,
    _id: request.id,
    liveKey: requestKey(request),
  }),
  alerts: (alert: Alert) => ({ ...alert, _id: alert.id, liveKey: alertKey(alert) }),
  accounts: underId,
  notes: underId,
  deliveries: (mark: { conversation: string }) => ({ ...mark, _id: mark.conversation }),
  presences: (presence: { staff: string }) => ({ ...presence, _id: presence.staff }),
  sessions: (session: { tokenHash: string }) => ({ ...session, _id: session.tokenHash }),
  'api-tokens': (token: { tokenHash: string }) => ({ ...token, _id: token.tokenHash }),
  'second-factors': (factor: { staff: string }) => ({ ...factor, _id: factor.staff }),
  audit: ({ seq, ...entry }: { seq: number }) => ({ ...entry, _id: seq }),
  'directory-versions': (edit: { serviceId: string; version: number }) => ({
    ...edit,
    _id: `${edit.serviceId}/${edit.version}`,
  }),
  'directory-gaps': (gap: { month: string; place: string; need: string }) => ({
    ...gap,
    _id: `${gap.month}/${gap.place}/${gap.need}`,
  }),
  'hours-versions': (edit: HoursEdit) => ({ ...edit, _id: hoursVersionId(edit) }),
  roster: (entry: { kind: string; id: string }) => ({ _id: `${entry.kind}|${entry.id}`, entry }),
  erasures: underId,
  'chat-codes': (code: { hash: string }) => ({ ...code, _id: code.hash }),
  'chat-links': (link: { call: string }) => ({ ...link, _id: link.call }),
  'dropped-calls': (call: { hash: string }) => ({ ...call, _id: call.hash }),
  callbacks: underId,
  'text-threads': (thread: { hash: string }) => ({ ...thread, _id: thread.hash }),
  feeds: (feed: { psychologist: string }) => ({ ...feed, _id: feed.psychologist }),
  'appointment-calls': (call: { booking: string }) => ({ ...call, _id: call.booking }),
  reminders: (reminder: { booking: string }) => ({ ...reminder, _id: reminder.booking }),
  texts: (text: { conversation: string }) => ({ ...text, _id: text.conversation }),
  waiting: (entry: { codeHash: string }) => ({ ...entry, _id: entry.codeHash }),
  contacts: underId,
  'daily-counts': (day: { day: string }) => ({ ...day, _id: day.day }),
  jobs: (job: { name: string }) => ({ ...job, _id: job.name, lease: null }),
  'record-keys': (wrapped: string, record: string) => ({ _id: record, wrapped }),
  'daily-keys': (key: { day: string }) => ({ ...key, _id: key.day }),
};

/** Made again by the indexes of MongoDB, or of no use there. */
const DERIVED = new Set([
  ...['conversations-by-owner', 'conversations-by-activity', 'live-alerts', 'live-line-requests'],
  ...['booking-ticks', 'booking-sessions', 'booking-codes', 'booking-holds', 'booking-times', 'booking-ends'],
  ...[
    'booking-times-revision',
    'erasures-by-due',
    'feed-secrets',
    'reminders-by-due',
    'waiting-line',
    'code-pace',
    'appointment-calls-by-due',
    'texts-by-due',
  ],
  ...[
    'text-threads-by-conversation',
    'live-callbacks',
    'logins',
    'contacts-by-conversation',
    'contacts-by-end',
    'meta',
  ],
]);

/** Whether a table of the embedded store is moved, or made again on the other side. */
export const hasPlace = (table: string): boolean => RECORDS[table] !== undefined || DERIVED.has(table);

const BATCH = 500;

export interface Moved {
  table: string;
  entries: number;
}

/**
 * Copies an embedded store that nobody serves into an empty MongoDB database, whose indexes exist, and counts
 * both sides. A table this release does not know stops the move before anything is written.
 */
export async function moveToMongo(given: { dataDir: string; mongoUri: string }): Promise<Moved[]> {
  const files = openFiles(given.dataDir);
  const tables = files.flatMap((file) => file.tables().map((table) => ({ file, table })));
  const [unknown] = tables.map(({ table }) => table).filter((table) => !hasPlace(table));
  if (unknown !== undefined)
    throw new CodedError('internal', `The table ${unknown} has no place in MongoDB yet; nothing was moved.`);
  const connection = await createConnection(given.mongoUri, {
    writeConcern: { w: 'majority', j: true },
    ignoreUndefined: true,
  }).asPromise();
  try {
    const moved: Moved[] = [];
    for (const { file, table } of tables.filter(({ table }) => RECORDS[table] !== undefined)) {
      const collection = connection.collection<{ _id: never }>(table);
      if ((await collection.countDocuments({})) > 0)
        throw new CodedError('conflict', `The collection ${table} is not empty; give an empty database.`);
      moved.push({ table, entries: await moveTable(file, table, collection) });
    }
    return moved;
  } finally {
    await connection.close();
    for (const file of files) await file.close();
  }
}

function openFiles(dataDir: string): RawFile[] {
  if (!existsSync(path.join(dataDir, 'store', 'data.mdb')))
    throw new CodedError('not-found', `DATA_DIR: there is no store in ${dataDir}; nothing was moved.`);
  return ['store', 'keys'].map((name) => openRawFile(path.join(dataDir, name)));
}

interface Target {
  insertMany(documents: never[]): Promise<unknown>;
  countDocuments(filter: object): Promise<number>;
}

async function moveTable(file: RawFile, table: string, collection: Target): Promise<number> {
  const toDocument = RECORDS[table] as (value: unknown, key: unknown) => Document;
  let entries = 0;
  let batch: Document[] = [];
  const write = async (): Promise<void> => {
    if (batch.length > 0) await collection.insertMany(batch as never[]);
    batch = [];
  };
  for (const { key, value } of file.entries(table)) {
    batch.push(toDocument(value, key));
    entries += 1;
    if (batch.length >= BATCH) await write();
  }
  await write();
  const found = await collection.countDocuments({});
  if (found !== entries)
    throw new CodedError(
      'internal',
      `The collection ${table} has ${found} of ${entries} entries; empty it and move again.`,
    );
  return entries;
}
