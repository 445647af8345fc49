import type { Alert } from '../../handoff/alert.js';
import type { AlertStore } from '../../handoff/alert-store.js';
import type { AlertId } from '../../kernel/ids.js';
import type { LmdbFile } from './lmdb-file.js';
import { removeWhere, saveNext, values } from './lmdb-file.js';

export function alertStore(file: LmdbFile): AlertStore {
  const alerts = file.table<Alert>('alerts');
  /** The alert of a conversation that is not closed. */
  const live = file.table<AlertId>('live-alerts');
  return {
    open: (alert) =>
      file.transaction(() => {
        const id = live.get(alert.conversation);
        const existing = id === undefined ? undefined : alerts.get(id);
        if (existing !== undefined) return { kind: 'already-open', alert: existing };
        alerts.putSync(alert.id, alert);
        live.putSync(alert.conversation, alert.id);
        return { kind: 'opened' };
      }),
    get: async (id) => alerts.get(id),
    live: async (conversation) => {
      const id = live.get(conversation);
      return id === undefined ? undefined : alerts.get(id);
    },
    save: (alert) =>
      file.transaction(() => {
        const outcome = saveNext(alerts, alert.id, alert);
        const closed = outcome === 'saved' && alert.state.kind === 'closed';
        if (closed && live.get(alert.conversation) === alert.id) live.removeSync(alert.conversation);
        return outcome;
      }),
    listLive: async (limit) =>
      values(live, { limit })
        .flatMap((id) => alerts.get(id) ?? [])
        .sort((a, b) => a.openedAt - b.openedAt),
    removeClosed: (closedBy, limit) =>
      removeWhere(file, alerts, {
        limit,
        over: ({ state }) => state.kind === 'closed' && state.at <= closedBy,
      }),
  };
}
