/** Longer messages are screened in pieces of this many characters, so that the time stays in proportion. */
export const PIECE_LENGTH = 2_000;

/** Common spellings of text messages, and what speech recognition and haste leave out. */
const SHORT_FORMS: Readonly<Record<string, string>> = {
  jpp: 'je n en peux plus',
  jpe: 'je peux',
  jveux: 'je veux',
  jvx: 'je veux',
  jve: 'je veux',
  jvais: 'je vais',
  jvé: 'je vais',
  jsuis: 'je suis',
  chui: 'je suis',
  chuis: 'je suis',
  jai: 'j ai',
  jsp: 'je ne sais pas',
  jme: 'je me',
  jvoudrais: 'je voudrais',
  dmain: 'demain',
  rdv: 'rendez vous',
  pb: 'probleme',
  pk: 'pourquoi',
  pkoi: 'pourquoi',
  tt: 'tout',
  tjs: 'toujours',
  tjrs: 'toujours',
  ms: 'mais',
  ds: 'dans',
  ac: 'avec',
  avc: 'avec',
  bcp: 'beaucoup',
  qqun: 'quelqu un',
  qqn: 'quelqu un',
  qd: 'quand',
  slt: 'salut',
  bjr: 'bonjour',
  svp: 's il vous plait',
  stp: 's il te plait',
  vs: 'vous',
  ns: 'nous',
  pr: 'pour',
  ke: 'que',
  ki: 'qui',
  moi: 'moi',
  suicid: 'suicide',
  mourrir: 'mourir',
  mouri: 'mourir',
  crevé: 'creve',
};

/**
 * One form for what means the same: lower case, no accents, elisions as words, letters repeated for stress
 * once or twice, text-message spelling written out.
 */
export function normalise(text: string): string {
  const folded = text
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return folded
    .split(' ')
    .map((word) => (Object.hasOwn(SHORT_FORMS, word) ? SHORT_FORMS[word] : word))
    .join(' ');
}

/** Pieces of at most PIECE_LENGTH characters, cut at the end of a sentence or a word where there is one. */
export function pieces(text: string): string[] {
  const result: string[] = [];
  let rest = text;
  while (rest.length > PIECE_LENGTH) {
    const window = rest.slice(0, PIECE_LENGTH);
    const sentence = Math.max(window.lastIndexOf('. '), window.lastIndexOf('\n'));
    const cut = sentence > PIECE_LENGTH / 2 ? sentence + 1 : window.lastIndexOf(' ');
    const end = cut > 0 ? cut : PIECE_LENGTH;
    result.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  result.push(rest);
  return result;
}
