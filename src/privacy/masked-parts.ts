import { mask } from './mask.js';

/** What helps to find somebody in danger. The rest that is masked (NIR, NUMEN, mail, codes, dates) does not. */
export const HELPFUL_KINDS = ['tel', 'nom', 'adresse', 'ecole', 'uai'] as const;
export type HelpfulKind = (typeof HELPFUL_KINDS)[number];

export interface MaskedPart {
  kind: HelpfulKind;
  value: string;
}

const TOKEN = /\[(tel|mail|nir|numen|uai|code|date|nom|adresse|ecole)\]/g;

/**
 * What `mask` takes out of a text, in order. Masking leaves the words around untouched, so what stands between them
 * in the original is what was masked; where that cannot be told the longer stretch is given.
 */
export function maskedParts(text: string): MaskedPart[] {
  const masked = mask(text);
  const kinds = [...masked.matchAll(TOKEN)].map(([, kind = '']) => kind);
  const around = masked.split(/\[(?:tel|mail|nir|numen|uai|code|date|nom|adresse|ecole)\]/);
  const parts: MaskedPart[] = [];
  let at = around[0]?.length ?? 0;
  for (const [index, kind] of kinds.entries()) {
    const next = around[index + 1] ?? '';
    const last = index === kinds.length - 1 && next === '';
    const found = last ? text.length : text.indexOf(next, at + 1);
    const end = found < 0 ? text.length : found;
    const value = text.slice(at, end).trim();
    if (isHelpful(kind) && value !== '') parts.push({ kind, value });
    at = found < 0 ? at : end + next.length;
  }
  return parts;
}

const isHelpful = (kind: string): kind is HelpfulKind => HELPFUL_KINDS.some((known) => known === kind);
