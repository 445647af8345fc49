import { ACADEMY_ROWS, COLLECTIVITY_ROWS, TOWNS } from './academies-data.js';

export interface Department {
  /** `67`, `2A`, `974`. */
  code: string;
  name: string;
}

export interface Academy {
  slug: string;
  name: string;
  /** IANA time zone of its sites. */
  zone: string;
  departments: readonly Department[];
}

export const ACADEMIES: readonly Academy[] = ACADEMY_ROWS.map(([slug, name, , zone, departments]) => ({
  slug,
  name,
  zone,
  departments: departments.split('|').map((row) => {
    const space = row.indexOf(' ');
    return { code: row.slice(0, space), name: row.slice(space + 1) };
  }),
}));

export interface Collectivity {
  code: string;
  name: string;
  zone: string;
}

export const COLLECTIVITIES: readonly Collectivity[] = COLLECTIVITY_ROWS.map(([code, name, zone]) => ({
  code,
  name,
  zone,
}));

const BY_SLUG = new Map(ACADEMIES.map((academy) => [academy.slug, academy]));
const BY_DEPARTMENT = new Map(
  ACADEMIES.flatMap((academy) => academy.departments.map(({ code }) => [code, academy] as const)),
);

export const academyBySlug = (slug: string): Academy | undefined => BY_SLUG.get(slug);

/** @returns `undefined` for a code that is no department, and for a collectivity */
export const academyOfDepartment = (code: string): Academy | undefined => BY_DEPARTMENT.get(code);

export interface Territory {
  /** Slug of the académie. */
  academy?: string;
  /** Code of the department or the collectivity. */
  department?: string;
}

/** Longer texts are searched in their first part only. */
const SEARCHED = 4_000;

const fold = (text: string): string =>
  ` ${text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()} `;

/** Names that are ordinary words too: they count only after "dans la", "département du" and the like. */
const ORDINARY = new Set([
  'ain',
  'aube',
  'cher',
  'creuse',
  'gard',
  'gers',
  'landes',
  'loire',
  'lot',
  'manche',
  'marne',
  'nord',
  'orne',
  'tarn',
  'var',
  'somme',
  'eure',
  'indre',
  'vienne',
  'yonne',
  'moulins',
  'gap',
  'die',
  'tours',
  'auch',
  'brest',
  'valence',
  'laval',
  'vosges',
  'sete',
  'verdun',
  'saint paul',
  'digne',
  'mende',
]);
/** Towns among them are places after "à" as well. */
const BEFORE_ORDINARY =
  /(dans (le|la|les|l)|departement (de la|de l|du|des|de)|dsden (de la|de l|du|des)|travaille (a|dans l|dans le|dans la)|suis (a|dans le|dans la|dans l)|prof a|poste a|academie de|ville de|vers|sur) $/;
/** A number is a department only when it is the whole answer, or announced. */
const ANNOUNCED_NUMBER =
  /(?: departement(?: du| de| numero)?| dans (?:le|l|les)| du| dsden) (\d{2,3}|2a|2b) /;
const WHOLE_NUMBER = /^ (?:le |dans le |du |c est le |departement )?(\d{2,3}|2a|2b) $/;

const placeNames = buildPlaceNames();

function buildPlaceNames(): Map<string, Territory> {
  const names = new Map<string, Territory>();
  const add = (name: string, territory: Territory): void => {
    names.set(fold(name).trim(), territory);
  };
  for (const row of TOWNS) {
    const space = row.indexOf(' ');
    const code = row.slice(0, space);
    add(row.slice(space + 1), territoryOf(code));
  }
  for (const { code, name } of COLLECTIVITIES) add(name, { department: code });
  for (const academy of ACADEMIES)
    for (const { code, name } of academy.departments) add(name, { academy: academy.slug, department: code });
  add('reunion', { academy: 'la-reunion', department: '974' });
  add('nouvelle caledonie', { department: '988' });
  add('polynesie', { department: '987' });
  add('tahiti', { department: '987' });
  add('wallis', { department: '986' });
  add('miquelon', { department: '975' });
  add('alsace', { academy: 'strasbourg' });
  return names;
}

function territoryOf(code: string): Territory {
  const academy = academyOfDepartment(code);
  return academy === undefined ? { department: code } : { academy: academy.slug, department: code };
}

/** `académie de Nancy Metz` names an académie, not a town. */
const ACADEMY_NAMES = new Map(
  ACADEMIES.flatMap(({ slug, name }) => [
    [fold(name).trim(), slug] as const,
    [slug.replaceAll('-', ' '), slug] as const,
  ]),
);
const NAME_WORDS = 5;

/**
 * Finds an académie, a department or a town in what a caller says or types, accents and case set aside.
 * Words that are ordinary French (`le lot`, `un tour`) do not count unless they are said as a place.
 * @returns an empty object when there is none
 */
export function findTerritory(text: string): Territory {
  const said = fold(text.slice(0, SEARCHED));
  return numbered(said) ?? named(said) ?? {};
}

function numbered(said: string): Territory | undefined {
  const code = (WHOLE_NUMBER.exec(said) ?? ANNOUNCED_NUMBER.exec(said))?.[1]?.toUpperCase();
  if (code === undefined) return undefined;
  const known =
    academyOfDepartment(code) !== undefined || COLLECTIVITIES.some((place) => place.code === code);
  return known ? territoryOf(code) : undefined;
}

/** First word of each name: nothing else is looked up. */
const FIRST_WORDS = new Set(
  [...placeNames.keys(), ...ACADEMY_NAMES.keys()].map((name) => name.split(' ')[0]),
);

/** Every run of up to five words is looked up, longest first; the first place said counts. */
function named(said: string): Territory | undefined {
  const words = said.trim().split(' ');
  for (let start = 0; start < words.length; start += 1) {
    if (!FIRST_WORDS.has(words[start])) continue;
    const match = nameAt(words, start);
    if (match !== undefined) return match;
  }
  return undefined;
}

function nameAt(words: readonly string[], start: number): Territory | undefined {
  for (let length = Math.min(NAME_WORDS, words.length - start); length > 0; length -= 1) {
    const name = words.slice(start, start + length).join(' ');
    const before = `${words.slice(Math.max(0, start - 4), start).join(' ')} `;
    const academy = ACADEMY_NAMES.get(name);
    if (academy !== undefined && / ?(academie|rectorat)( de| d| du)? $/.test(before)) return { academy };
    const place = placeNames.get(name);
    if (
      place !== undefined &&
      (!ORDINARY.has(name) || BEFORE_ORDINARY.test(before) || words.length === length)
    )
      return place;
    if (academy !== undefined && !ORDINARY.has(name)) return { academy };
  }
  return undefined;
}
