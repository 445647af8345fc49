import { findTerritory } from '../kernel/academies.js';
import type { Corps, MeasureId, Position, Profile, Status } from './profile.js';

/** Longer texts are read in their first part only. */
const READ = 4_000;

type Rule<T> = readonly [value: T, words: RegExp];

/** Lower case, without accents and punctuation, padded so that words can be matched whole. */
const fold = (text: string): string =>
  ` ${text
    .slice(0, READ)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replace(/[^a-z0-9/]+/g, ' ')
    .trim()} `;

const CORPS_WORDS: readonly Rule<Corps>[] = [
  ['autre', / (enseignement prive|ecole privee|college prive|lycee prive|sous contrat|dans le prive) /],
  ['aesh_aed', / (aesh|aed|avs|assistante? d education|surveillante?|accompagnante? d eleves) /],
  ['inspection', / (inspect(eur|rice)|ien|ia ipr|ia dasen|dasen) /],
  [
    'direction',
    / (principale? adjointe?|principale? (de|d un|d|du|au|en) college|(suis|comme|que) (une? |la |le )?principale?|proviseure?( adjointe?)?|chef(fe)? d etablissement|personnel de direction) /,
  ],
  ['sante_social', / (infirmi(er|ere)|medecin scolaire|assistante? (de service )?sociale?) /],
  [
    'administratif',
    / (secretaire|gestionnaire|administrati(f|ve)|attachee?|adjaenes|saenes|adjoint gestionnaire|intendante?|technicien(ne)?|atrf|agent comptable) /,
  ],
  [
    'premier_degre',
    / (premier degre|1er degre|professeure? des ecoles|prof des ecoles|institut(eur|rice)|pe|directeur d ecole|directrice d ecole|maternelle|elementaire|ecole primaire|maitresse|maitre d ecole|cp|ce1|ce2|cm1|cm2) /,
  ],
  [
    'second_degre',
    / (second degre|2nd degre|2d degre|certifiee?|agregee?|plp|cpe|psyen|psy en|conseillere? principale? d education|professeure? documentaliste|prof doc|prof(esseure?)? (de|d|en|au) (college|lycee|maths?|mathematiques|francais|lettres|histoire|anglais|espagnol|allemand|eps|svt|physique|technologie|musique|arts?|philo\w*)|enseignante? (au|en) (college|lycee)|au college|au lycee|en college|en lycee|collegiens|lyceens) /,
  ],
];

const STATUS_WORDS: readonly Rule<Status>[] = [
  [
    'contractuel',
    / (contractuel(le)?|vacataire|en cdd|en cdi|remplacante? contractuel(le)?|non titulaire|maitre auxiliaire) /,
  ],
  ['stagiaire', / (stagiaire|pas encore titulaire|annee de stage) /],
  ['titulaire', / (titulaire|fonctionnaire|titularisee?) /],
];

const POSITION_WORDS: readonly Rule<Position>[] = [
  [
    'retraite',
    / (je suis (a la |en )?retraitee?|a la retraite depuis|je suis en retraite|retraitee? de l education|ancien(ne)? enseignante? a la retraite) /,
  ],
  ['temps_partiel_therapeutique', / (temps partiel therapeutique|mi temps therapeutique|tpt|tpth) /],
  ['disponibilite_office', / disponibilite d office /],
  ['cld', / (cld|conge de longue duree|conge longue duree|longue duree( depuis| pour maladie)) /],
  ['clm', / (clm|conge de longue maladie|conge longue maladie|en longue maladie) /],
  ['ppr', / (ppr|periode (de preparation|preparatoire) au reclassement|en reclassement) /],
  ['citis', / (citis|accident de service|conge pour accident|maladie professionnelle) /],
  [
    'pald',
    / ((suis|deja|actuellement|etant|affectee?) (en |sur un |sur )?(pald|poste adapte (de )?longue duree)|(mon|ma) pald|renouvel\w+ (de )?(mon )?pald) /,
  ],
  [
    'pacd',
    / ((suis|deja|actuellement|etant|affectee?) (en |sur un |sur )?(pacd|poste adapte (de )?courte duree)|(mon|ma) pacd|renouvel\w+ (de )?(mon )?pacd|annee de pacd|ans? de pacd|annees de pacd) /,
  ],
  [
    'cmo',
    / (cmo|conge de maladie ordinaire|conge maladie ordinaire|en arret( de travail| maladie)?|arretee? depuis|en conge (de )?maladie) /,
  ],
  [
    'en_poste',
    / (je suis en poste|je travaille toujours|j exerce toujours|je suis en activite|devant (mes )?eleves en ce moment) /,
  ],
];

const WISH_WORDS: readonly Rule<MeasureId>[] = [
  ['pacd', / (pacd|poste adapte (de )?courte duree|poste adapte) /],
  ['pald', / (pald|poste adapte (de )?longue duree) /],
  ['adaptation_emploi_du_temps', / (emploi du temps|adapt\w+ (de )?(mes |des )?horaires|horaires adaptes) /],
  [
    'attribution_salle',
    / (salle (de cours )?(fixe|attribuee|au rez de chaussee|a moi)|attribution d une salle|une seule salle|meme salle) /,
  ],
  ['allegement_horaire', / (allegement|allege\w*|decharge horaire|moins d heures) /],
  ['amenagement_service', / (amenagement du service|amenager mon service|autres taches) /],
  [
    'amenagement_materiel',
    / (amenagement materiel|materiel adapte|fauteuil|siege|bureau adapte|protheses? auditives?|ecran|logiciel|ergonom\w+) /,
  ],
  ['assistance_humaine', / (assistance humaine|assistante? humain|apsh|aide humaine|auxiliaire) /],
  ['ott', / (ott|occupation a titre therapeutique) /],
];

/** Any of these before a word turns it round: "je ne suis pas titulaire". */
const NOT = / (pas|plus|jamais|non|sans) (encore |de |d |une |un |reconnue? )?$/;

/**
 * What a caller's words tell of the profile. Only what is said plainly counts: the rest stays unknown.
 * @param text at most the first 4,000 characters are read
 */
export function readWords(text: string): Profile {
  const said = fold(text);
  const { academy, department } = findTerritory(text);
  return {
    academy,
    department,
    corps: ownCorps(said),
    status: first(STATUS_WORDS, said),
    position: first(POSITION_WORDS, said),
    rqth: saidRqth(said),
    pacdYears: saidPacdYears(said),
    paldEnds: saidPaldEnd(said),
    wishes: WISH_WORDS.filter(([, words]) => words.test(said)).map(([value]) => value),
  };
}

/** The corps alone, as `readWords` tells it. */
export const readCorps = (text: string): Corps | undefined => ownCorps(fold(text));

/** "Ma principale refuse" tells nothing of the caller's own corps, "je suis la principale" does. */
const SOMEBODY_ELSE =
  / (mon|ma|mes|notre|nos|le|la|l|les|ce|cet|cette|son|sa|ses|leur|leurs|un|une|chaque) $/;
const ONESELF = / (suis|etais|comme|que|etant) (le|la|l|un|une) $/;

function ownCorps(said: string): Corps | undefined {
  const own = CORPS_WORDS.filter(([, words]) => {
    const before = said.slice(0, (words.exec(said)?.index ?? 0) + 1);
    return !SOMEBODY_ELSE.test(before) || ONESELF.test(before);
  });
  return first(own, said);
}

/** The words fill only what is not known otherwise: a known place is kept whole. */
export function filledBy(profile: Profile, text: string | undefined): Profile {
  if (text === undefined || text.trim() === '') return profile;
  const told = readWords(text);
  const placed = profile.academy !== undefined || profile.department !== undefined;
  const wished = profile.wishes !== undefined && profile.wishes.length > 0;
  return {
    academy: placed ? profile.academy : told.academy,
    department: profile.department ?? (placed ? departmentWithin(profile, told) : told.department),
    corps: profile.corps ?? told.corps,
    status: profile.status ?? told.status,
    position: profile.position ?? told.position,
    rqth: profile.rqth ?? told.rqth,
    pacdYears: profile.pacdYears ?? told.pacdYears,
    paldEnds: profile.paldEnds ?? told.paldEnds,
    wishes: wished ? profile.wishes : told.wishes,
  };
}

const departmentWithin = ({ academy }: Profile, told: Profile): string | undefined =>
  told.academy === academy ? told.department : undefined;

function first<T>(rules: readonly Rule<T>[], said: string): T | undefined {
  const rule = rules.find(([, words]) => {
    const at = words.exec(said);
    return at !== null && !NOT.test(said.slice(0, at.index + 1));
  });
  return rule?.[0];
}

const RQTH =
  / (rqth|reconnaissance (de la qualite )?de travailleur handicape|travailleu(r|se) handicapee?|reconnue? handicapee?) /;
const RQTH_PENDING =
  / (demande|dossier|attends|attente|en cours|faire reconnaitre) [a-z0-9 ]{0,30}(rqth|travailleur handicape) /;

function saidRqth(said: string): boolean | undefined {
  const at = RQTH.exec(said);
  if (at === null || RQTH_PENDING.test(said)) return undefined;
  return !NOT.test(said.slice(0, at.index + 1));
}

const NUMBERS: Readonly<Record<string, number>> = {
  un: 1,
  une: 1,
  premiere: 1,
  deux: 2,
  deuxieme: 2,
  seconde: 2,
  trois: 3,
  troisieme: 3,
};
const YEARS_OF_PACD = / (\d|une?|deux|trois) an(nee)?s? (de |en |sur )?(un )?pacd /;
const NTH_YEAR_OF_PACD =
  / (\d|premiere|deuxieme|seconde|troisieme)(ere|eme|e)? annee (de |en |sur )?(mon |un )?pacd /;

/** The year under way counts as spent: whoever is in the third has had three. */
function saidPacdYears(said: string): number | undefined {
  const word = (YEARS_OF_PACD.exec(said) ?? NTH_YEAR_OF_PACD.exec(said))?.[1];
  if (word === undefined) return undefined;
  return NUMBERS[word] ?? Number(word);
}

const MONTHS = 'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre'.split(
  ' ',
);
const PALD_END = new RegExp(
  ` pald [a-z0-9 ]{0,40}(?:jusqu|fin|termine|acheve|finit|prend fin)[a-z ]{0,20} (\\d{1,2}|1er) (${MONTHS.join('|')}) (\\d{4}) `,
);
const PALD_END_DIGITS =
  / pald [a-z0-9 ]{0,40}(?:jusqu|fin|termine|acheve|finit|prend fin)[a-z ]{0,20} (\d{1,2})\/(\d{1,2})\/(\d{4}) /;

function saidPaldEnd(said: string): string | undefined {
  const inWords = PALD_END.exec(said);
  if (inWords !== null)
    return isoDate(
      inWords[3] ?? '',
      MONTHS.indexOf(inWords[2] ?? '') + 1,
      Number.parseInt(inWords[1] ?? '', 10),
    );
  const inDigits = PALD_END_DIGITS.exec(said);
  return inDigits === null ? undefined : isoDate(inDigits[3] ?? '', Number(inDigits[2]), Number(inDigits[1]));
}

function isoDate(year: string, month: number, day: number): string | undefined {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? undefined : text;
}
