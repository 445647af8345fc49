import { z } from 'zod';
import type { Audit } from '../../accounts/audit.js';
import { AUDIT_ACTS, type AuditActor } from '../../accounts/audit-entry.js';
import { type AnyEndpoint, endpoint } from './endpoint.js';
import { isoOf, time } from './fields.js';
import { cursorOf, pageOf, pageQuery, positionOf } from './paging.js';

const entrySchema = z.object({
  seq: z.int(),
  at: time,
  by: z.string().describe('The id of an account, or command-line, service, unknown.'),
  act: z.enum(AUDIT_ACTS),
  on: z.string(),
  hash: z.string(),
});

/** The log of what staff did, the newest first. */
export function auditEndpoints({ audit }: { audit: Pick<Audit, 'list' | 'verify'> }): AnyEndpoint[] {
  return [
    endpoint({
      ...{ method: 'get', path: '/audit', permission: 'audit:see', summary: 'What staff did' },
      query: pageQuery.extend({
        by: z.string().max(64).optional(),
        act: z.enum(AUDIT_ACTS).optional(),
        on: z.string().max(100).optional(),
      }),
      answer: pageOf(entrySchema),
      async handle({ query: { cursor, limit, by, act, on } }) {
        const { entries, next } = await audit.list({
          limit,
          ...(cursor === undefined ? {} : { below: Number(positionOf(cursor)) || 1 }),
          ...(by === undefined ? {} : { by: by as AuditActor }),
          ...(act === undefined ? {} : { act }),
          ...(on === undefined ? {} : { on }),
        });
        const items = entries.map((entry) => ({ ...entry, at: isoOf(entry.at) }));
        return { body: { items, next: next === undefined ? null : cursorOf(next) } };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/audit/chain', permission: 'audit:see', summary: 'Follows the whole chain' },
      answer: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('whole'), entries: z.int(), head: z.string() }),
        z.object({ kind: z.literal('broken'), seq: z.int() }),
      ]),
      handle: async () => ({ body: await audit.verify() }),
    }),
  ];
}
