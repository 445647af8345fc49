import { ACADEMIES, academyOfDepartment } from '../kernel/academies.js';
import type { ServiceId } from '../kernel/ids.js';
import type { Need } from '../kernel/needs.js';
import type { DirectoryEdit } from './directory-store.js';
import type { Profile } from './profile.js';
import type { Service } from './service.js';

export type DirectoryQuery = Pick<Profile, 'academy' | 'department' | 'corps' | 'position'> & { need: Need };

export interface Directory {
  /** Services for a need: those of the académie first, then the national ones, each in the order of the files. */
  find(query: DirectoryQuery): Service[];
  byId(id: ServiceId): Service | undefined;
  readonly all: readonly Service[];
}

export function createDirectory(services: readonly Service[]): Directory {
  const byId = new Map(services.map((service) => [service.id, service]));
  const placed = (place: string): Service[] => services.filter(({ academy }) => academy === place);
  const national = placed('national');
  const local = new Map(ACADEMIES.map(({ slug }) => [slug, placed(slug)]));
  return {
    all: services,
    byId: (id) => byId.get(id),
    find(query) {
      const here = local.get(academyOf(query) ?? '') ?? [];
      return [...here, ...national].filter((service) => serves(service, query));
    },
  };
}

/** Slug of the académie where somebody works; `undefined` when it is not known, and in a collectivity. */
export const academyOf = ({ academy, department }: Pick<Profile, 'academy' | 'department'>) =>
  academy ?? academyOfDepartment(department ?? '')?.slug;

/** What is not known rules nothing out. */
function serves(service: Service, { need, department, corps, position }: DirectoryQuery): boolean {
  return (
    service.needs.includes(need) &&
    admits(service.departments, department) &&
    admits(service.corps, corps) &&
    admits(service.positions, position)
  );
}

const admits = <T>(only: readonly T[] | undefined, value: T | undefined): boolean =>
  only === undefined || value === undefined || only.includes(value);

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
