import type { LineRequestId } from '../kernel/ids.js';
import type { LineRequest } from './line.js';
import type { LineRequestStore } from './line-store.js';

/** Lost compare-and-sets in a row before giving up: each means that somebody else moved the request on. */
export const ATTEMPTS = 12;

/**
 * Changes a request by one conditional write, however often others write meanwhile.
 * @param change gives the request as it should be, or `undefined` to leave it
 * @returns the request as it was before; `undefined` when nothing was changed
 */
export async function changeRequest(
  requests: LineRequestStore,
  id: LineRequestId,
  change: (request: LineRequest) => Partial<LineRequest> | undefined,
): Promise<LineRequest | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const request = await requests.get(id);
    const changed = request === undefined ? undefined : change(request);
    if (request === undefined || changed === undefined) return undefined;
    const outcome = await requests.save({ ...request, ...changed, version: request.version + 1 });
    if (outcome === 'saved') return request;
  }
  return undefined;
}
