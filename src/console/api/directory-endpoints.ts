import { z } from 'zod';
import type { DirectoryEditor } from '../../directory/directory-editor.js';
import { asId, type ServiceId } from '../../kernel/ids.js';
import { type AnyEndpoint, endpoint } from './endpoint.js';
import { pageOf } from './paging.js';

export interface DirectoryEndpointParts {
  directoryEditor: DirectoryEditor;
}

const service = z
  .record(z.string(), z.unknown())
  .nullable()
  .describe('An entry as the export of the directory writes it; null: withdrawn.');
const entrySchema = z.object({
  serviceId: z.string(),
  version: z.int().describe('0 while only the shipped entry is there.'),
  service,
});
const params = z.object({ id: z.string().regex(/^[a-z0-9-]{2,80}$/) });

/** The directory, by the same editor as the console. */
export function directoryEndpoints({ directoryEditor }: DirectoryEndpointParts): AnyEndpoint[] {
  return [
    endpoint({
      ...{ method: 'get', path: '/directory', permission: 'directory:edit' },
      summary: 'Every entry, the withdrawn ones too, with the version an edit must name; all in one page',
      answer: pageOf(entrySchema),
      handle: async () => ({ body: { items: await directoryEditor.list(), next: null } }),
    }),
    endpoint({
      ...{ method: 'put', path: '/directory/{id}', permission: 'directory:edit', params, edits: true },
      summary: 'Saves, adds or withdraws an entry over the version that was seen',
      body: z.object({ service }),
      answer: entrySchema,
      async handle({ account, params: { id }, body: { service: wanted }, version }) {
        const serviceId = asId<ServiceId>(id);
        const saved = await directoryEditor.save({ serviceId, version, service: wanted, by: account.id });
        if (saved.kind === 'saved')
          return { body: { serviceId, version: saved.version, service: wanted }, version: saved.version };
        if (saved.kind === 'conflict') {
          const detail = 'Somebody else saved this entry meanwhile.';
          return { problem: 'version-conflict', detail, current: saved.entry };
        }
        const detail = saved.kind === 'invalid' ? saved.fault : 'There is no such version.';
        return { problem: 'invalid-input', detail };
      },
    }),
  ];
}
