import type { ConversationId, LineRequestId } from '../../src/kernel/ids.js';
import type { Duty, LineRequest } from '../../src/phone-line/line.js';
import type { DutyStore, LineRequestStore } from '../../src/phone-line/line-store.js';

/** The line's stores in memory, each call of which takes its turn when `pause` lets it. */
export function memoryLineStores(pause: () => Promise<unknown> = async () => undefined) {
  const duties = new Map<string, Duty>();
  const requests = new Map<LineRequestId, LineRequest>();
  const live = new Map<ConversationId, LineRequestId>();
  const copy = <T>(value: T): T => structuredClone(value);

  const dutyStore: DutyStore = {
    async list(role) {
      await pause();
      return copy([...duties.values()].filter((duty) => duty.role === role));
    },
    async get(responder) {
      await pause();
      return copy(duties.get(responder));
    },
    async save(duty) {
      await pause();
      if ((duties.get(duty.responder)?.version ?? 0) !== duty.version - 1) return 'conflict';
      duties.set(duty.responder, copy(duty));
      return 'saved';
    },
  };
  const requestStore: LineRequestStore = {
    async create(request) {
      await pause();
      if (live.has(request.conversation)) return 'exists';
      live.set(request.conversation, request.id);
      requests.set(request.id, copy(request));
      return 'created';
    },
    async get(id) {
      await pause();
      return copy(requests.get(id));
    },
    async live(conversation) {
      await pause();
      const id = live.get(conversation);
      return id === undefined ? undefined : copy(requests.get(id));
    },
    async save(request) {
      await pause();
      if ((requests.get(request.id)?.version ?? 0) !== request.version - 1) return 'conflict';
      requests.set(request.id, copy(request));
      if (request.state.kind === 'ended') live.delete(request.conversation);
      return 'saved';
    },
    async listLive(limit) {
      await pause();
      const all = [...live.values()].flatMap((id) => requests.get(id) ?? []);
      return copy(all.sort((a, b) => a.openedAt - b.openedAt).slice(0, limit));
    },
    async removeEnded(openedBy, limit) {
      await pause();
      const over = [...requests.values()]
        .filter(({ state, openedAt }) => state.kind === 'ended' && openedAt <= openedBy)
        .slice(0, limit);
      for (const { id } of over) requests.delete(id);
      return over.length;
    },
  };
  return { duties: dutyStore, requests: requestStore, seen: { duties, requests } };
}
