import { findTerritory, type Territory } from '../kernel/academies.js';
import type { Corps } from '../kernel/corps.js';

export type Day =
  | 'today'
  | 'tomorrow'
  | 'monday'
  | 'tuesday'
  | 'wednesday'
  | 'thursday'
  | 'friday'
  | 'saturday';

/** What was said beside the need, so that it is not asked again. */
export interface Slots extends Territory {
  mode?: 'face_to_face' | 'telephone';
  /** The caller wants it now. */
  now?: true;
  corps?: Corps;
  day?: Day;
  part?: 'morning' | 'afternoon' | 'evening';
}

const NOW =
  /\b(?:maintenant|tout de suite|immediatement|des que possible|urgent|urgence|right now|immediately|now)\b/;

const MODES: readonly Known<'face_to_face' | 'telephone'>[] = [
  ['face_to_face', /\b(?:face a face|presentiel|en personne|sur place|de visu|in person|face to face)\b/],
  ['telephone', /\b(?:par telephone|au telephone|a distance|by phone|on the phone|over the phone)\b/],
];

type Known<Value> = readonly [Value, RegExp];

/** The caller's own corps: said as "je suis", "en tant que", or as the post held. */
const AS = '(?:je suis|suis|moi|en tant que|comme|i am|i m|as an?)(?: [a-z]+){0,3}? ';
const CORPS_WORDS: readonly Known<Corps>[] = [
  ['aesh_aed', /aesh|aed|avs|assistante? d education|surveillante?|accompagnante?/],
  [
    'direction',
    /principale?(?: adjointe?)?|proviseure?|chef(?:fe)? d etablissement|directrice|directeur|perdir|head teacher/,
  ],
  ['inspection', /inspecteur|inspectrice|ien|ia ipr/],
  ['sante_social', /infirmiere?|assistante? sociale?|medecin scolaire/],
  [
    'administratif',
    /secretaire|gestionnaire|adjaenes|saenes|attachee? d administration|agent d accueil|administrati(?:f|ve)/,
  ],
  [
    'premier_degre',
    /professeure? des ecoles|instit(?:utrice|uteur)?|maitresse|maitre d ecole|pe|primary teacher/,
  ],
  [
    'second_degre',
    /prof(?:esseure?)?(?: (?:de|d|en) (?:college|lycee|maths|francais|anglais|histoire|svt|eps|physique|musique|espagnol|allemand|philo))?|certifiee?|agregee?|cpe|psyen|plp|tzr|teacher/,
  ],
].map(([corps, words]) => [corps as Corps, new RegExp(`\\b${AS}(?:${(words as RegExp).source})\\b`)]);

const DAYS: readonly Known<Day>[] = [
  ['today', /\b(?:aujourd hui|ce matin|cet apres midi|ce soir|today|tonight)\b/],
  ['tomorrow', /\b(?:demain|tomorrow)\b/],
  ['monday', /\b(?:lundi|monday)\b/],
  ['tuesday', /\b(?:mardi|tuesday)\b/],
  ['wednesday', /\b(?:mercredi|wednesday)\b/],
  ['thursday', /\b(?:jeudi|thursday)\b/],
  ['friday', /\b(?:vendredi|friday)\b/],
  ['saturday', /\b(?:samedi|saturday)\b/],
];

const PARTS: readonly Known<'morning' | 'afternoon' | 'evening'>[] = [
  ['morning', /\b(?:matin|matinee|morning)\b/],
  ['afternoon', /\b(?:apres midi|afternoon)\b/],
  ['evening', /\b(?:soir|soiree|fin de journee|evening)\b/],
];

/** A day is a wish when an appointment is spoken of; elsewhere it is part of the story. */
const APPOINTMENT =
  /\b(?:rendez vous|creneau|disponible|dispo|appointment|slot|venir|voir un psy\w*|seance)\b/;

/** @param text as it was said: names of places need their hyphens and digits */
export function slotsOf(text: string, normalised: string): Slots {
  const mode = firstOf(MODES, normalised);
  const corps = firstOf(CORPS_WORDS, normalised);
  const wanted = APPOINTMENT.test(normalised) ? normalised : '';
  const day = firstOf(DAYS, wanted);
  const part = day === undefined ? undefined : firstOf(PARTS, wanted);
  return {
    ...findTerritory(text),
    ...(mode === undefined ? {} : { mode }),
    ...(NOW.test(normalised) ? { now: true as const } : {}),
    ...(corps === undefined ? {} : { corps }),
    ...(day === undefined ? {} : { day }),
    ...(part === undefined ? {} : { part }),
  };
}

const firstOf = <Value>(known: readonly Known<Value>[], normalised: string): Value | undefined =>
  known.find(([, pattern]) => pattern.test(normalised))?.[0];
