import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../kernel/clock.js';
import type { ServiceId, StaffId } from '../kernel/ids.js';
import { withEdits } from './directory.js';
import type { DirectoryEdit, DirectoryEditStore } from './directory-store.js';
import { type Service, serviceSchema } from './service.js';

/** Far more than every académie needs. */
const MOST_SERVICES = 5_000;

export type CheckedServices = { kind: 'valid'; services: Service[] } | { kind: 'invalid'; fault: string };

/** All entries are good, or none is taken: the fault names the entry, the field and what is wrong. */
export function checkServices(values: readonly unknown[]): CheckedServices {
  if (values.length > MOST_SERVICES)
    return { kind: 'invalid', fault: `There are more than ${MOST_SERVICES} entries.` };
  const services: Service[] = [];
  for (const [index, value] of values.entries()) {
    const parsed = serviceSchema.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return { kind: 'invalid', fault: `Entry ${index + 1}, ${issue?.path.join('.')}: ${issue?.message}.` };
    }
    services.push(parsed.data);
  }
  const twice = services.find(({ id }, index) => services.findIndex((one) => one.id === id) !== index);
  return twice === undefined
    ? { kind: 'valid', services }
    : { kind: 'invalid', fault: `The entry ${twice.id} stands twice.` };
}

export interface ImportCounts {
  added: number;
  changed: number;
  withdrawn: number;
  unchanged: number;
  /** Somebody else edited these at the same moment: their edit stands. */
  conflicts: number;
}

/** Entries that differ become edits over the shipped files; the versions before are kept. */
export async function importServices(
  { clock, shipped, edits }: { clock: Clock; shipped: readonly Service[]; edits: DirectoryEditStore },
  wanted: readonly Service[],
  options: { by: StaffId; withdrawMissing: boolean },
): Promise<ImportCounts> {
  const before = await edits.list();
  const current = new Map(withEdits(shipped, before).map((service) => [service.id, service]));
  const versions = new Map(before.map(({ serviceId, version }) => [serviceId, version]));
  const counts: ImportCounts = { added: 0, changed: 0, withdrawn: 0, unchanged: 0, conflicts: 0 };

  const save = async (serviceId: ServiceId, service: Service | null, kind: keyof ImportCounts) => {
    const version = (versions.get(serviceId) ?? 0) + 1;
    const edit: DirectoryEdit = { serviceId, version, service, editedAt: clock.now(), editedBy: options.by };
    counts[(await edits.save(edit)) === 'saved' ? kind : 'conflicts'] += 1;
  };
  for (const service of wanted) {
    const known = current.get(service.id);
    if (known === undefined) await save(service.id, service, 'added');
    else if (isDeepStrictEqual(known, service)) counts.unchanged += 1;
    else await save(service.id, service, 'changed');
  }
  if (!options.withdrawMissing) return counts;
  const kept = new Set(wanted.map(({ id }) => id));
  for (const id of current.keys()) if (!kept.has(id)) await save(id, null, 'withdrawn');
  return counts;
}
