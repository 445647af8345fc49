const WORD = "[\\p{L}][\\p{L}'’-]{0,30}";

/** After these words comes a name, whatever its case: speech recognition writes none. */
const INTRODUCTIONS = [
  "je m[’' ]appelle",
  'je me nomme',
  'je me prénomme',
  "mon (?:pré)?nom(?: de famille)?(?: c[’' ]est| est)",
  "moi c[’' ]est",
  "c[’' ]est (?=[A-ZÀ-Ý][\\p{L}-]+ [A-ZÀ-Ý])",
  'my name is',
  'this is (?=[A-Z][a-z]+ [A-Z])',
  'call me',
  "(?:il|elle|qui|on) s[’' ]appelle",
  '(?:il|elle) se nomme',
  'nommée?',
  'signé',
  'appelez-moi',
];
const TITLES =
  'madame|monsieur|mademoiselle|mme|mlle|mr|m\\.|docteur|dr\\.?|professeur|pr\\.|maître|mrs|ms|miss|collègue|élève|principal|principale|proviseur|proviseure|directeur|directrice|chef|inspecteur|inspectrice|mari|femme|compagnon|fils|fille|frère|sœur';

/** What follows "madame" or "je m'appelle" and is no name. */
const NOT_NAMES = new Set(
  (
    'le la les l un une des du de d et ou où mais car donc ni or je j tu il elle on nous vous ils elles ce cet cette ces ' +
    'mon ma mes ton ta tes son sa ses notre votre leur qui que quoi dont pour par avec sans sous sur dans en à au aux ' +
    'est était sera a ai as ont avait suis sommes êtes sont plus pas ne n me m se s si très trop bien mal aussi alors ' +
    'depuis quand comme parce puis merci bonjour bonsoir madame monsieur mademoiselle mme mlle docteur ' +
    'recteur rectrice principal principale proviseur proviseure directeur directrice inspecteur inspectrice ministre ' +
    'adjoint adjointe gestionnaire cpe aesh prof professeur enseignant enseignante collègue chef cheffe ' +
    'the and or but i he she we they is was my your his her at in on for with to from who that'
  ).split(' '),
);

const INTRODUCED = new RegExp(`((?:${INTRODUCTIONS.join('|')})\\s+)(${WORD}(?: ${WORD}){0,3})`, 'giu');
/** A title, then a name in capitals; in lower case one word only, when it cannot be anything else. */
const TITLED = new RegExp(
  `((?<![\\p{L}])(?:${TITLES})\\s+)(${WORD}(?: (?:de |du |d[’'])?${WORD}){0,2})`,
  'giu',
);
/** Titles after which a lower-case word is a name too. */
const STRONG_TITLE = /^(madame|monsieur|mademoiselle|mme|mlle|mr|m\.|docteur|dr\.?|mrs|ms|miss)\s/i;

export function maskNames(text: string): string {
  return text
    .replace(INTRODUCED, (_, lead: string, words: string) => lead + introduced(words))
    .replace(TITLED, (_, lead: string, words: string) => lead + titled(lead, words));
}

const isName = (word: string): boolean => !NOT_NAMES.has(word.toLowerCase().replace(/^[dl][’']/, ''));
const isCapital = (word: string): boolean => /^(?:[dl][’'])?\p{Lu}/u.test(word);

/** The name ends where ordinary words begin again. */
function introduced(words: string): string {
  return replaceLeading(words, (word) => isName(word));
}

function titled(lead: string, words: string): string {
  const strong = STRONG_TITLE.test(lead);
  return replaceLeading(words, (word, index) => isName(word) && (isCapital(word) || (strong && index === 0)));
}

function replaceLeading(words: string, belongs: (word: string, index: number) => boolean): string {
  const list = words.split(' ');
  const particle = /^(?:de|du|d[’']|le|la)$/i;
  let end = 0;
  while (end < list.length && takes(list, end, { belongs, particle })) end += 1;
  if (end === 0) return words;
  return ['[nom]', ...list.slice(end)].join(' ');
}

/** A particle belongs to a name when a name in capitals follows it. */
function takes(
  list: readonly string[],
  index: number,
  rule: { belongs: (word: string, index: number) => boolean; particle: RegExp },
): boolean {
  const word = list[index] ?? '';
  if (index > 0 && rule.particle.test(word)) return isCapital(list[index + 1] ?? '');
  return rule.belongs(word, index);
}
