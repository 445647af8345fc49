import { OPEN_WORDS, type OpenWords } from './open-words.js';
import type { RiskReason } from './risk.js';
import { borrowsDeath, isTurned, LOOKED_AROUND } from './turned-sense.js';

export type ExplicitRisk =
  | { kind: 'open'; reason: RiskReason }
  /** Such words are there, and what stands around them turns their sense: a denial, an idiom, a past. */
  | { kind: 'turned' }
  | { kind: 'none' };

/** Looks for danger said openly in normalised text. */
export function explicitRisk(normalised: string): ExplicitRisk {
  let turned = false;
  for (const words of OPEN_WORDS) {
    const how = speaksOf(normalised, words);
    if (how === 'open') return { kind: 'open', reason: words.reason };
    turned ||= how === 'turned';
  }
  return { kind: turned || borrowsDeath(normalised) ? 'turned' : 'none' };
}

function speaksOf(text: string, { needs, pattern }: OpenWords): 'open' | 'turned' | 'none' {
  if (!needs.some((piece) => text.includes(piece))) return 'none';
  let turned = false;
  for (const match of text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    const before = text.slice(Math.max(0, match.index - LOOKED_AROUND), match.index).trimEnd();
    const after = text.slice(end, end + LOOKED_AROUND);
    if (!isTurned({ before, after, whole: match[0] })) return 'open';
    turned = true;
  }
  return turned ? 'turned' : 'none';
}
