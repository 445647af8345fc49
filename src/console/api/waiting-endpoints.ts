import { z } from 'zod';
import { MODES } from '../../booking/booking.js';
import type { WaitingList } from '../../booking/waiting-list.js';
import { type AnyEndpoint, endpoint } from './endpoint.js';
import { isoOf, time } from './fields.js';
import { pageOf } from './paging.js';

export interface WaitingEndpointParts {
  waiting: Pick<WaitingList, 'lines'>;
}

const lineSchema = z.object({
  sites: z.array(z.string()).readonly(),
  mode: z.enum(MODES),
  way: z.enum(['chat', 'sms', 'email']),
  since: time,
  until: time,
  offeredUntil: time.nullable().describe('A time is held for them until then.'),
});

/** Who waits for a time to come free; nothing leads to a caller. */
export function waitingEndpoints({ waiting }: WaitingEndpointParts): AnyEndpoint[] {
  return [
    endpoint({
      ...{ method: 'get', path: '/waiting-list', permission: 'diary:see' },
      summary: 'The head of the line first; at most 500, all in one page',
      answer: pageOf(lineSchema),
      async handle() {
        const items = (await waiting.lines()).map((line) => ({
          ...{ sites: line.sites, mode: line.mode, way: line.way },
          ...{ since: isoOf(line.since), until: isoOf(line.until) },
          offeredUntil: line.offeredUntil === null ? null : isoOf(line.offeredUntil),
        }));
        return { body: { items, next: null } };
      },
    }),
  ];
}
