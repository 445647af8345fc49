import type { Clock } from '../kernel/clock.js';
import type { ServiceId, StaffId } from '../kernel/ids.js';
import { withEdits } from './directory.js';
import type { DirectoryEdit, DirectoryEditStore } from './directory-store.js';
import { type DirectoryHealth, directoryHealth } from './directory-table.js';
import { checkServices } from './import-services.js';
import type { Service } from './service.js';

/** One entry as it stands, for those who edit it. */
export interface DirectoryEntry {
  serviceId: ServiceId;
  /** What an edit must name: 0 while only the shipped entry is there. */
  version: number;
  /** `null`: withdrawn. */
  service: Service | null;
}

export type DirectorySaved =
  | { kind: 'saved'; version: number }
  /** Somebody else saved meanwhile; `entry` is what stands now. */
  | { kind: 'conflict'; entry: DirectoryEntry }
  | { kind: 'unknown' }
  /** What is wrong, and in which field. */
  | { kind: 'invalid'; fault: string };

/** The directory for coordinators: callers hear a change within a minute, on every instance. */
export interface DirectoryEditor {
  /** Every entry, the withdrawn ones too: those shipped first, then those added. */
  list(): Promise<DirectoryEntry[]>;
  get(serviceId: ServiceId): Promise<DirectoryEntry | undefined>;
  /** Old and undated entries, and what no entry of an académie answers. @param today ISO date */
  health(today: string): Promise<DirectoryHealth>;
  /** Every version of one entry, newest first, at most 100; the shipped entry is none of them. */
  history(serviceId: ServiceId): Promise<DirectoryEdit[]>;
  /** Saves over the version the editor saw. @param service checked here; `null` withdraws the entry */
  save(edit: {
    serviceId: ServiceId;
    version: number;
    service: unknown;
    by: StaffId;
  }): Promise<DirectorySaved>;
  /** Makes an earlier version the current one again, as a new version. @param to 0: the shipped entry */
  revert(edit: { serviceId: ServiceId; version: number; to: number; by: StaffId }): Promise<DirectorySaved>;
  /** The directory as callers hear it, to be written to a file and imported again. */
  exported(): Promise<Service[]>;
}

const HISTORY = 100;

export function createDirectoryEditor(parts: {
  clock: Clock;
  shipped: readonly Service[];
  store: DirectoryEditStore;
}): DirectoryEditor {
  const { clock, shipped, store } = parts;
  const shippedOf = (id: ServiceId): Service | undefined => shipped.find((service) => service.id === id);

  async function list(): Promise<DirectoryEntry[]> {
    const entries = new Map<ServiceId, DirectoryEntry>(
      shipped.map((service) => [service.id, { serviceId: service.id, version: 0, service }]),
    );
    for (const { serviceId, version, service } of await store.list())
      entries.set(serviceId, { serviceId, version, service });
    return [...entries.values()];
  }

  const get = async (id: ServiceId): Promise<DirectoryEntry | undefined> =>
    (await list()).find(({ serviceId }) => serviceId === id);

  const exported = async (): Promise<Service[]> => withEdits(shipped, await store.list());

  async function save(edit: {
    serviceId: ServiceId;
    version: number;
    service: unknown;
    by: StaffId;
  }): Promise<DirectorySaved> {
    const { serviceId, by } = edit;
    const checked = edit.service === null ? NOTHING : checkServices([edit.service]);
    if (checked.kind === 'invalid') return checked;
    const service = checked.services[0] ?? null;
    if (service !== null && service.id !== serviceId)
      return { kind: 'invalid', fault: 'The entry has the id of another one.' };
    const version = edit.version + 1;
    const saved = await store.save({ serviceId, version, service, editedAt: clock.now(), editedBy: by });
    if (saved === 'saved') return { kind: 'saved', version };
    return { kind: 'conflict', entry: (await get(serviceId)) ?? { serviceId, version: 0, service: null } };
  }

  return {
    list,
    get,
    exported,
    save,
    health: async (today) => directoryHealth(await exported(), today),
    history: (serviceId) => store.history(serviceId, HISTORY),
    async revert({ to, ...edit }) {
      const versions = await store.history(edit.serviceId, HISTORY);
      const earlier =
        to === 0 ? shippedOf(edit.serviceId) : versions.find(({ version }) => version === to)?.service;
      return earlier === undefined ? { kind: 'unknown' } : save({ ...edit, service: earlier });
    },
  };
}

const NOTHING = { kind: 'valid', services: [] as Service[] } as const;
