import type { LineRequestId } from '../../kernel/ids.js';
import type { ErasureStore, PendingErasure } from '../../phone-line/carrier-records.js';
import type { Duty, LineRequest } from '../../phone-line/line.js';
import type { DutyStore, LineRequestStore } from '../../phone-line/line-store.js';
import type { RosterEntry } from '../../phone-line/roster.js';
import { MAX_ROSTER_ENTRIES, type RosterStore } from '../../phone-line/roster-store.js';
import type { LmdbFile } from './lmdb-file.js';
import { removeWhere, saveNext, values } from './lmdb-file.js';

const MAX_DUTIES = 500;
const MAX_RESPONDERS = 2 * MAX_DUTIES;

export function dutyStore(file: LmdbFile): DutyStore {
  const duties = file.table<Duty>('duties');
  return {
    list: async (role) =>
      values(duties, { limit: MAX_RESPONDERS })
        .filter((duty) => duty.role === role)
        .slice(0, MAX_DUTIES),
    get: async (responder) => duties.get(responder),
    save: (duty) => file.transaction(() => saveNext(duties, duty.responder, duty)),
  };
}

export function lineRequestStore(file: LmdbFile): LineRequestStore {
  const requests = file.table<LineRequest>('line-requests');
  /** The request of a conversation that has not ended. */
  const live = file.table<LineRequestId>('live-line-requests');
  return {
    create: (request) =>
      file.transaction(() => {
        if (live.get(request.conversation) !== undefined) return 'exists';
        requests.putSync(request.id, request);
        live.putSync(request.conversation, request.id);
        return 'created';
      }),
    get: async (id) => requests.get(id),
    live: async (conversation) => {
      const id = live.get(conversation);
      return id === undefined ? undefined : requests.get(id);
    },
    save: (request) =>
      file.transaction(() => {
        const outcome = saveNext(requests, request.id, request);
        const ended = outcome === 'saved' && request.state.kind === 'ended';
        if (ended && live.get(request.conversation) === request.id) live.removeSync(request.conversation);
        return outcome;
      }),
    listLive: async (limit) =>
      values(live, { limit })
        .flatMap((id) => requests.get(id) ?? [])
        .sort((a, b) => a.openedAt - b.openedAt),
    removeEnded: (openedBy, limit) =>
      removeWhere(file, requests, {
        ...{ limit, over: ({ state, openedAt }) => state.kind === 'ended' && openedAt <= openedBy },
      }),
  };
}

export function rosterStore(file: LmdbFile): RosterStore {
  /** `[kind, id]`. */
  const entries = file.table<RosterEntry>('roster');
  return {
    list: async () => values(entries, { limit: MAX_ROSTER_ENTRIES }),
    put: (entry) => file.transaction(() => entries.putSync([entry.kind, entry.id], entry)),
    remove: ({ kind, id }) => file.transaction(() => entries.removeSync([kind, id])),
  };
}

export function erasureStore(file: LmdbFile): ErasureStore {
  const erasures = file.table<PendingErasure>('erasures');
  /** `[dueAt, id]`. */
  const byDue = file.table<PendingErasure['id']>('erasures-by-due');
  const removeOne = (id: PendingErasure['id']): void => {
    const known = erasures.get(id);
    if (known === undefined) return;
    erasures.removeSync(id);
    byDue.removeSync([known.dueAt, id]);
  };
  return {
    put: (pending) =>
      file.transaction(() => {
        removeOne(pending.id);
        erasures.putSync(pending.id, pending);
        byDue.putSync([pending.dueAt, pending.id], pending.id);
      }),
    due: async (by, limit) =>
      values(byDue, { start: [0, ''], end: [by, '\uffff'], limit }).flatMap((id) => erasures.get(id) ?? []),
    remove: (id) => file.transaction(() => removeOne(id)),
  };
}
