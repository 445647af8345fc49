import type { Wish } from '../../src/phone-line/line.js';
import type { DialogContext } from '../dialog.js';
import { fold } from '../match-choice.js';

/** Longer sayings tell of something else. */
const SHORT_WISH = 120;
const WOMAN = /\b(une femme|une psy|une psychologue|a woman|female)\b/;
const MAN = /\b(un homme|a man|male)\b/;

/** What this caller asks of the psychologist: kept from one ring to the next. */
export function wishOf({ memory, language }: DialogContext): Wish {
  return {
    ...(memory.academy === undefined ? {} : { academy: memory.academy }),
    ...(memory.gender === undefined ? {} : { gender: memory.gender }),
    ...(language === 'en' ? { language } : {}),
  };
}

/** A woman or a man, when the caller says which they would rather speak to. */
export function genderAsked(text: string): 'woman' | 'man' | undefined {
  const said = fold(text);
  if (said.length > SHORT_WISH) return undefined;
  if (WOMAN.test(said)) return 'woman';
  return MAN.test(said) ? 'man' : undefined;
}

/** Whether the wish could leave somebody out. */
export const isChoosy = ({ gender, language }: Wish): boolean =>
  gender !== undefined || language !== undefined;
