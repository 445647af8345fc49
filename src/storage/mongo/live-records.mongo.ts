import type { Connection } from 'mongoose';
import type { Alert } from '../../handoff/alert.js';
import type { AlertStore } from '../../handoff/alert-store.js';
import type { Duty, LineRequest } from '../../phone-line/line.js';
import type { DutyStore, LineRequestStore } from '../../phone-line/line-store.js';
import { any, collection, isDuplicate, plain, removeSome, type Stored, saveNext } from './collections.js';

/** One live record a conversation: `liveKey` is its id while the record lives, a private value after. */
type Live<T> = Stored<T & { liveKey: string }>;

const MAX_DUTIES = 500;

function withoutKey<T extends object>(document: Live<T> | null): T | undefined {
  if (document === null) return undefined;
  const { liveKey: _key, ...record } = plain(document) as T & { liveKey: string };
  return record as unknown as T;
}

export const alertKey = ({ id, conversation, state }: Alert): string =>
  state.kind === 'closed' ? `over|${id}` : conversation;
export const requestKey = ({ id, conversation, state }: LineRequest): string =>
  state.kind === 'ended' ? `over|${id}` : conversation;

export function alertStore(connection: Connection): AlertStore {
  const alerts = collection<Live<Alert>>(connection, 'alerts', {
    fields: {
      _id: String,
      id: String,
      conversation: String,
      reason: String,
      openedAt: Number,
      state: any,
      alarm: any,
      version: Number,
      liveKey: String,
    },
    indexes: { unique: ['liveKey'] },
  });
  const documentOf = (alert: Alert): Live<Alert> => ({ ...alert, _id: alert.id, liveKey: alertKey(alert) });
  const live = async (conversation: string): Promise<Alert | undefined> =>
    withoutKey(await alerts.findOne({ liveKey: conversation }).lean<Live<Alert>>().exec());

  return {
    async open(alert) {
      try {
        await alerts.create([documentOf(alert)]);
        return { kind: 'opened' };
      } catch (error) {
        const existing = isDuplicate(error) ? await live(alert.conversation) : undefined;
        if (existing === undefined) throw error;
        return { kind: 'already-open', alert: existing };
      }
    },
    get: async (id) => withoutKey(await alerts.findById(id).lean<Live<Alert>>().exec()),
    live,
    async save(alert) {
      const expected = { _id: alert.id, version: alert.version - 1 };
      const { matchedCount } = await alerts.replaceOne(expected, documentOf(alert));
      return matchedCount === 1 ? 'saved' : 'conflict';
    },
    async listLive(limit) {
      const found = alerts.find({ 'state.kind': { $ne: 'closed' } }).sort({ openedAt: 1 });
      return (await found.limit(limit).lean<Live<Alert>[]>().exec()).flatMap((one) => withoutKey(one) ?? []);
    },
    removeClosed: (closedBy, limit) =>
      removeSome(alerts, { 'state.kind': 'closed', 'state.at': { $lte: closedBy } }, limit),
  };
}

export function lineRequestStore(connection: Connection): LineRequestStore {
  const requests = collection<Live<LineRequest>>(connection, 'line-requests', {
    fields: {
      _id: String,
      id: String,
      conversation: String,
      reason: String,
      wish: any,
      openedAt: Number,
      seenAt: Number,
      state: any,
      rung: [String],
      wanted: String,
      version: Number,
      liveKey: String,
    },
    indexes: { unique: ['liveKey'] },
  });
  const documentOf = (request: LineRequest): Live<LineRequest> => ({
    ...request,
    _id: request.id,
    liveKey: requestKey(request),
  });

  return {
    async create(request) {
      try {
        await requests.create([documentOf(request)]);
        return 'created';
      } catch (error) {
        if (isDuplicate(error)) return 'exists';
        throw error;
      }
    },
    get: async (id) => withoutKey(await requests.findById(id).lean<Live<LineRequest>>().exec()),
    live: async (conversation) =>
      withoutKey(await requests.findOne({ liveKey: conversation }).lean<Live<LineRequest>>().exec()),
    async save(request) {
      const expected = { _id: request.id, version: request.version - 1 };
      const { matchedCount } = await requests.replaceOne(expected, documentOf(request));
      return matchedCount === 1 ? 'saved' : 'conflict';
    },
    async listLive(limit) {
      const found = requests.find({ 'state.kind': { $ne: 'ended' } }).sort({ openedAt: 1 });
      const documents = await found.limit(limit).lean<Live<LineRequest>[]>().exec();
      return documents.flatMap((one) => withoutKey(one) ?? []);
    },
    removeEnded: (openedBy, limit) =>
      removeSome(requests, { 'state.kind': 'ended', openedAt: { $lte: openedBy } }, limit),
  };
}

export function dutyStore(connection: Connection): DutyStore {
  const duties = collection<Stored<Duty>>(connection, 'duties', {
    fields: {
      _id: String,
      responder: String,
      role: String,
      profile: any,
      available: Boolean,
      idleSince: Number,
      missed: Number,
      paused: Boolean,
      busyWith: String,
      version: Number,
    },
  });
  return {
    list: async (role) =>
      (await duties.find({ role }).limit(MAX_DUTIES).lean<Stored<Duty>[]>().exec()).map((one) =>
        plain<Duty>(one),
      ),
    async get(responder) {
      const document = await duties.findById(responder).lean<Stored<Duty>>().exec();
      return document === null ? undefined : plain<Duty>(document);
    },
    save: (duty) => saveNext<Duty>(duties, duty.responder, duty),
  };
}
