import { z } from 'zod';
import type { HoursEditor } from '../../opening-hours/hours-editor.js';
import { LINE_SERVICES, openingHoursSchema } from '../../opening-hours/opening-hours.js';
import { type AnyEndpoint, endpoint } from './endpoint.js';
import { pageOf } from './paging.js';

export interface HoursEndpointParts {
  hoursEditor: HoursEditor;
}

const entrySchema = z.object({
  service: z.enum(LINE_SERVICES),
  territory: z.string(),
  version: z.int().describe('0 while only the shipped hours are there.'),
  hours: openingHoursSchema.nullable().describe('null: taken away; the wider territory answers.'),
});
const params = z.object({ service: z.enum(LINE_SERVICES), territory: z.string().max(40) });

/** Opening hours, by the same editor as the console. */
export function hoursEndpoints({ hoursEditor }: HoursEndpointParts): AnyEndpoint[] {
  return [
    endpoint({
      ...{ method: 'get', path: '/opening-hours', permission: 'hours:edit' },
      summary: 'Who answers when, with the version an edit must name; all in one page',
      answer: pageOf(entrySchema),
      handle: async () => ({ body: { items: await hoursEditor.list(), next: null } }),
    }),
    endpoint({
      ...{ method: 'put', path: '/opening-hours/{service}/{territory}', permission: 'hours:edit', params },
      summary: 'Saves the hours of one service in one territory over the version that was seen',
      body: z.object({ hours: openingHoursSchema.nullable() }),
      answer: entrySchema,
      edits: true,
      async handle({ account, params: key, body: { hours }, version }) {
        const saved = await hoursEditor.save({ ...key, version, hours, by: account.id });
        if (saved.kind === 'invalid') return { problem: 'invalid-input', detail: saved.fault };
        if (saved.kind === 'saved')
          return { body: { ...key, version: saved.version, hours }, version: saved.version };
        const detail = 'Somebody else saved these hours meanwhile.';
        return { problem: 'version-conflict', detail, current: saved.entry };
      },
    }),
  ];
}
