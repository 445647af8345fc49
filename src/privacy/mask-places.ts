const WORD = "[\\p{L}\\d][\\p{L}\\d'’-]{0,30}";

const WAYS =
  'rue|avenue|av\\.?|boulevard|bd\\.?|place|impasse|allée|allee|chemin|route|quai|cours|résidence|residence|lotissement|square|passage|faubourg|hameau|villa|sente|street|road';
/** A way and up to six words of its name, a number before it, a postal code and a town after it. */
const ADDRESS = new RegExp(
  `(?:\\b\\d{1,4} ?(?:bis|ter|quater)?,? {0,2})?(?<![\\p{L}])(?:${WAYS}) (?:(?:de la|des|de|du|la|les|le|saint|sainte) |(?:de )?[dl][’']){0,2}(${WORD}(?: ${WORD}){0,5})`,
  'giu',
);
const POSTAL_TOWN = new RegExp(
  `\\b(?:0[1-9]|[1-8]\\d|9[0-8])\\d{3} \\p{Lu}${WORD}(?:[ -]\\p{Lu}${WORD}){0,3}`,
  'gu',
);

const SCHOOLS =
  'école|ecole|collège|college|lycée|lycee|lp|lpo|maternelle|élémentaire|elementaire|primaire|groupe scolaire|erea|segpa du collège|université|institut';
const SCHOOL = new RegExp(
  `((?<![\\p{L}])(?:${SCHOOLS}) (?:(?:maternelle|élémentaire|elementaire|primaire|publique|privée?|professionnel|général|technique|polyvalent) ){0,2})((?:de |du |des |de la |d[’'])?${WORD}(?: (?:de |du |la |le )?${WORD}){0,3})`,
  'giu',
);

/** Words that end a name of a street or a school, or show that there was none. */
const STOPS = new Set(
  (
    'et ou où mais car donc je j tu il elle on nous vous ils elles ce cet cette ces c mon ma mes ton son sa ses notre ' +
    'nos votre vos leur qui que quoi dont quand comme si pour par avec sans sous sur dans en à au aux a ai as ont avait ' +
    'est était sera suis sommes êtes sont ne n pas plus me m se s y très trop depuis puis alors aussi parce pendant ' +
    'après avant chez entre contre vers tous toutes tout toute rien primaire maternelle élémentaire publique public ' +
    'privé privée professionnel général technique rural rurale rep ici là bas lui même secteur ville village ' +
    "campagne classe cours élèves enfants fait va m’a m'a n’a n'a j’ai j'ai c’est c'est à l heure de du des la le les l un une " +
    'the and or but at in on for with to from who that is was my bonjour merci numéro appelez venez vite'
  ).split(' '),
);

export function maskPlaces(text: string): string {
  return text
    .replace(ADDRESS, (whole: string, name: string) => maskAddress(whole, name))
    .replace(POSTAL_TOWN, '[adresse]')
    .replace(SCHOOL, (whole: string, kind: string, name: string) => maskSchool(whole, kind, name));
}

function maskAddress(whole: string, name: string): string {
  const words = name.split(' ');
  const length = nameLength(words);
  const numbered = /^\d/.test(whole);
  const lead = whole.slice(0, whole.length - name.length);
  if (length === 0) return whole;
  // "cours", "place" and "route" are ordinary words too: without a number only a capital makes them a street.
  const ordinary = /^(cours|place|route|passage|villa|résidence|quai) /i.test(lead);
  if (!numbered && ordinary && !startsWithCapital(words[0] ?? '')) return whole;
  return ['[adresse]', ...words.slice(length)].join(' ');
}

const startsWithCapital = (word: string): boolean => /^\p{Lu}/u.test(word);

/** How many words belong to the name: until an ordinary word. */
function nameLength(words: readonly string[]): number {
  const end = words.findIndex((word, index) => STOPS.has(word.toLowerCase()) && !isParticle(words, index));
  return end < 0 ? words.length : end;
}

/** "Charles de Foucauld": a small word between two names is part of them. */
const isParticle = (words: readonly string[], index: number): boolean =>
  index > 0 &&
  /^(de|du|des|la|le|les)$/i.test(words[index] ?? '') &&
  startsWithCapital(words[index + 1] ?? '');

function maskSchool(whole: string, kind: string, name: string): string {
  const words = name.split(' ');
  const particle = /^(de|du|des|d[’'].*|la|le)$/i;
  const named = words.findIndex((word) => !particle.test(word) || /^d[’']\p{Lu}/u.test(word));
  const first = words[named] ?? '';
  // "collège de Saverne" is a name, "collège de ma ville" is not.
  if (named > 0 && !startsWithCapital(first)) return whole;
  const length = nameLength(words.slice(Math.max(0, named)));
  if (named < 0 || length === 0) return whole;
  return [`${kind.trimEnd()} [ecole]`, ...words.slice(named + length)].join(' ');
}
