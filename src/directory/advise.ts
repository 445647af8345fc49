import { academyBySlug, COLLECTIVITIES } from '../kernel/academies.js';
import type { Need } from '../kernel/needs.js';
import type { AdvisedMeasure, AdvisedMeasures, AdviseMeasures } from './advise-measures.js';
import { academyOf, type Directory } from './directory.js';
import { frenchDate } from './french-date.js';
import { isOld, isStale } from './freshness.js';
import type { Profile } from './profile.js';
import type { Service } from './service.js';
import type { SourceDocument } from './source.js';

/** All that the answers rest on. */
export interface Knowledge {
  directory: Directory;
  measures: AdviseMeasures;
  documents: readonly SourceDocument[];
}

export interface AdvisedService {
  service: Service;
  /** Undated, or older than two years: to be checked. */
  stale: boolean;
}

/** A need that an académie or a collectivity has no entry of its own for. */
export interface Gap {
  /** Slug of the académie, or code of the collectivity. */
  place: string;
  need: Need;
}

export interface Orientation {
  services: AdvisedService[];
  /** Filled for `sante_poste`. */
  measures: AdvisedMeasure[];
  /** In French, each a sentence or two. */
  notes: string[];
  gap: Gap | null;
  /** The document of the measures is undated, or older than two years: to be checked. */
  oldRules: boolean;
}

export interface Asked {
  need: Need;
  profile: Profile;
  /** ISO date in Paris. */
  today: string;
}

/** Needs that services of an académie answer; the others are answered by this line itself. */
const LOCAL_NEEDS: readonly Need[] = [
  'violence_discrimination',
  'agression_menace',
  'conflit_management',
  'social_financier',
  'carriere_mobilite',
  'sante_poste',
];

/**
 * Whom to turn to and, for health at work, which measures. Pure; never without a service: where an académie has
 * no entry the national answer stands (product.md, "Directory of services").
 */
export function advise({ directory, measures, documents }: Knowledge, asked: Asked): Orientation {
  const { need, profile, today } = asked;
  const services = directory
    .find({ ...profile, need })
    .map((service) => ({ service, stale: isStale(service, today) }));
  const gap = gapOf(services, asked);
  const placed = [...placeNotes(asked, gap), ...staleNotes(services)];
  if (need !== 'sante_poste') return { services, measures: [], notes: placed, gap, oldRules: false };
  const advised = measures(profile, today);
  const document = documents.find(({ id }) => id === advised.set.document);
  const oldRules = isOld(document?.date ?? null, today);
  const age = oldRules ? [`Règles à vérifier : ${document?.title ?? advised.set.document}.`] : [];
  const notes = [...placed, ...age, ...documentNotes(advised), ...advised.notes];
  return { services, measures: advised.measures, notes, gap, oldRules };
}

function gapOf(services: readonly AdvisedService[], { need, profile }: Asked): Gap | null {
  const place = academyOf(profile) ?? profile.department;
  if (place === undefined || !LOCAL_NEEDS.includes(need)) return null;
  return services.some(({ service }) => service.academy === place) ? null : { place, need };
}

function placeNotes({ need, profile }: Asked, gap: Gap | null): string[] {
  const collectivity = COLLECTIVITIES.find(({ code }) => code === profile.department);
  if (collectivity !== undefined)
    return [
      `Nous n’avons pas d’entrée pour ${collectivity.name} : la MGEN (3676, www.mgen.fr) ou un opérateur peut vous aider. Les numéros nationaux sont à vérifier depuis votre territoire.`,
    ];
  if (gap !== null)
    return [
      `Nous n’avons pas d’entrée pour l’académie ${nameOf(gap.place)} : la MGEN répond au 3676 et sur www.mgen.fr, et un opérateur peut vous aider.`,
    ];
  if (LOCAL_NEEDS.includes(need) && academyOf(profile) === undefined)
    return [
      'Sans votre académie, voici la réponse nationale ; dites où vous travaillez pour celle de votre académie.',
    ];
  return [];
}

const nameOf = (slug: string): string => academyBySlug(slug)?.name ?? slug;

function staleNotes(services: readonly AdvisedService[]): string[] {
  const old = services.filter(({ stale }) => stale).map(({ service }) => service.name.fr);
  return old.length === 0
    ? []
    : [`Coordonnées à vérifier, car le document est sans date ou a plus de deux ans : ${old.join(' ; ')}.`];
}

/** Which document answers, and whether its campaign is over. */
function documentNotes({ set, perhaps, measures }: AdvisedMeasures): string[] {
  if (set.campaign !== undefined) return campaignNotes(`la ${set.campaign.name}`, measures);
  if (perhaps.length === 0)
    return [
      'Nous n’avons pas de document de votre académie pour votre corps : voici les règles nationales (code de l’éducation, R911-12 à R911-30), sans date limite.',
    ];
  const labels = perhaps.map(({ appliesTo }) => appliesTo?.label ?? '').join(' ; ');
  return [
    `Les règles de votre académie dépendent de votre corps (${labels}) : voici les règles nationales, avec les dates de chacun.`,
    ...campaignNotes('votre corps', measures),
  ];
}

function campaignNotes(campaign: string, measures: readonly AdvisedMeasure[]): string[] {
  const deadlines = measures.flatMap((measure) => measure.deadlines);
  const dates = (status: 'open' | 'closed'): string[] =>
    [...new Set(deadlines.filter((one) => one.status === status).map(({ date }) => date))].sort();
  const [open, closed] = [dates('open'), dates('closed')];
  const ahead = open.map(
    (date) => `Campagne pour ${campaign} : à envoyer au plus tard le ${frenchDate(date)}.`,
  );
  if (closed.length === 0) return ahead;
  const past = closed.map(frenchDate).join(' et le ');
  const whole = open.length === 0;
  return [
    `${whole ? 'La campagne' : 'Une partie de la campagne'} pour ${campaign} est close depuis le ${past}. Pour la prochaine, demandez au conseiller RH de proximité (CRHP), toute l’année.`,
    ...ahead,
  ];
}
