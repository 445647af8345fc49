import {
  CONCEPT_COUNT,
  CONCEPTS_FROM,
  FEATURES,
  type Rarity,
  type ReadText,
} from '../../safety/text-features.js';

/** Rarity is kept in sixteenths. */
const UNIT = 16;
const LARGEST = 255;

/** Smoothed inverse document frequency; what occurs once in the corpus is not looked at. */
export function rarityOf(texts: readonly ReadText[]): Rarity {
  const documents = new Int32Array(FEATURES);
  for (const text of texts)
    for (const feature of new Set(text.at.flatMap((features) => [...features])))
      documents[feature] = (documents[feature] ?? 0) + 1;
  return Uint8Array.from(documents, (count) =>
    count < 2 ? 0 : Math.min(LARGEST, Math.round(UNIT * (Math.log((1 + texts.length) / (1 + count)) + 1))),
  );
}

/** A text with all its concepts, with a half of them (drawn by the row's number) and with none. */
export function withConcepts(text: ReadText, row: number): ReadText[] {
  const drawn = Array.from({ length: CONCEPT_COUNT }, (_, concept) => isDrawn(row, concept));
  return [text, keeping(text, (concept) => drawn[concept] === true), keeping(text, () => false)];
}

const keeping = ({ words, at }: ReadText, kept: (concept: number) => boolean): ReadText => ({
  words,
  at: at.map((features) =>
    features.filter((feature) => feature < CONCEPTS_FROM || kept(feature - CONCEPTS_FROM)),
  ),
});

function isDrawn(row: number, concept: number): boolean {
  let value = Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(concept + 1, 0x85ebca6b);
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return ((value ^ (value >>> 13)) & 1) === 1;
}
