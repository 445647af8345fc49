import { academyOfDepartment } from '../kernel/academies.js';
import type { ServiceId } from '../kernel/ids.js';
import type { Need } from '../kernel/needs.js';
import type { DirectoryEdit } from './directory-store.js';
import type { Corps, Service } from './service.js';

export interface DirectoryQuery {
  academy?: string | undefined;
  department?: string | undefined;
  need: Need;
  corps?: Corps | undefined;
}

export interface Directory {
  /** Services for a need: those of the académie first, then the national ones, each in the order of the files. */
  find(query: DirectoryQuery): Service[];
  byId(id: ServiceId): Service | undefined;
  readonly all: readonly Service[];
}

export function createDirectory(services: readonly Service[]): Directory {
  const byId = new Map(services.map((service) => [service.id, service]));
  return {
    all: services,
    byId: (id) => byId.get(id),
    find(query) {
      const academy = query.academy ?? academyOfDepartment(query.department ?? '')?.slug;
      const fits = services.filter((service) => serves(service, query));
      const local = fits.filter((service) => service.academy === academy);
      const national = fits.filter((service) => service.academy === 'national');
      return [...local, ...national];
    },
  };
}

/** A department or a corps that is not known rules nothing out. */
function serves(service: Service, { need, department, corps }: DirectoryQuery): boolean {
  const here =
    department === undefined || service.departments === undefined || service.departments.includes(department);
  const forThem = corps === undefined || service.corps === undefined || service.corps.includes(corps);
  return service.needs.includes(need) && here && forThem;
}

/** The shipped entries with the coordinators' changes; `null` withdraws an entry. */
export function withEdits(services: readonly Service[], edits: readonly DirectoryEdit[]): Service[] {
  const edited = new Map(edits.map(({ serviceId, service }) => [serviceId, service]));
  const kept = services.flatMap((service) => {
    const edit = edited.get(service.id);
    if (edit === null) return [];
    return [edit ?? service];
  });
  const known = new Set(services.map(({ id }) => id));
  const added = edits.flatMap(({ serviceId, service }) =>
    service !== null && !known.has(serviceId) ? [service] : [],
  );
  return [...kept, ...added];
}
