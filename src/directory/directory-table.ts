import { ACADEMIES } from '../kernel/academies.js';
import { isStale, reviewDate } from './freshness.js';
import type { Service, ServiceKind } from './service.js';

/** Services that coordinators look for in every académie. */
export const EXPECTED_KINDS: readonly { kind: ServiceKind; title: string }[] = [
  { kind: 'pae', title: 'PAE' },
  { kind: 'cellule-rps', title: 'Cellule RPS' },
  { kind: 'cellule-cadres', title: 'Cadres' },
  { kind: 'service-social', title: 'Service social' },
  { kind: 'crhp', title: 'CRHP' },
  { kind: 'cmc', title: 'CMC' },
  { kind: 'medecine-prevention', title: 'Médecine de prévention' },
  { kind: 'correspondant-handicap', title: 'Handicap' },
  { kind: 'centre-readaptation', title: 'Réadaptation' },
  { kind: 'reseau-pas', title: 'Réseau PAS' },
  { kind: 'ems', title: 'EMS' },
  { kind: 'formation', title: 'Formation' },
];

export interface MissingServices {
  /** Slug of the académie. */
  academy: string;
  kinds: readonly ServiceKind[];
}

/** What coordinators should look at: entries to be checked, and services that no entry answers. */
export interface DirectoryHealth {
  stale: readonly Service[];
  missing: readonly MissingServices[];
}

/** @param today ISO date */
export const directoryHealth = (services: readonly Service[], today: string): DirectoryHealth => ({
  stale: services.filter((service) => isStale(service, today)),
  missing: missingServices(services),
});

function missingServices(services: readonly Service[]): MissingServices[] {
  return ACADEMIES.map(({ slug }) => ({
    academy: slug,
    kinds: EXPECTED_KINDS.map(({ kind }) => kind).filter((kind) => !has(services, slug, kind)),
  })).filter(({ kinds }) => kinds.length > 0);
}

const has = (services: readonly Service[], academy: string, kind: ServiceKind): boolean =>
  services.some((service) => service.academy === academy && service.kind === kind);

/** The page `docs/directory.md`: the table académie × service, then every entry with its source. */
export function directoryPage(services: readonly Service[]): string {
  const local = services.filter(({ academy }) => academy !== 'national');
  return [
    '# Directory of services',
    '',
    'Written by `npm run docs:directory` from `src/directory/data`; a test fails when it is not up to date.',
    '● an entry with a way to reach the service, ○ an entry without one. A gap is answered by the MGEN',
    '(3676, www.mgen.fr) and an operator, and counted for coordinators. The collectivities 975, 986, 987 and 988',
    'have no entry of their own: they get the national answer.',
    '',
    row(['Académie', ...EXPECTED_KINDS.map(({ title }) => title)]),
    row(['---', ...EXPECTED_KINDS.map(() => ':-:')]),
    ...ACADEMIES.map(({ slug, name }) =>
      row([name, ...EXPECTED_KINDS.map(({ kind }) => cell(local, slug, kind))]),
    ),
    '',
    ...ACADEMIES.flatMap(({ slug, name }) =>
      section(
        name,
        services.filter((one) => one.academy === slug),
      ),
    ),
    ...section(
      'National',
      services.filter(({ academy }) => academy === 'national'),
    ),
  ].join('\n');
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function cell(services: readonly Service[], academy: string, kind: ServiceKind): string {
  const found = services.filter((service) => service.academy === academy && service.kind === kind);
  if (found.length === 0) return '';
  return found.some(({ contacts }) => contacts.length > 0) ? '●' : '○';
}

function section(title: string, services: readonly Service[]): string[] {
  if (services.length === 0) return [];
  return [
    `## ${title}`,
    '',
    row(['Service', 'For whom', 'Contacts', 'Source', 'To review by']),
    row(['---', '---', '---', '---', '---']),
    ...services.map(entry),
    '',
  ];
}

const entry = (service: Service): string =>
  row([
    service.name.fr,
    service.audience,
    service.contacts.map(({ value }) => value).join('<br>') || '—',
    `${service.source.document}${service.source.line === null ? '' : `, line ${service.source.line}`}`,
    reviewText(service),
  ]);

function reviewText(service: Service): string {
  const review = reviewDate(service);
  if (review === 'never') return 'fixed by law or numbering plan';
  return review ?? 'now: the document has no date';
}
