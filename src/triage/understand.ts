import { findTerritory, type Territory } from '../kernel/academies.js';
import {
  featuresOf,
  openRarity,
  openScorer,
  type StoredRarity,
  type StoredWeights,
} from '../safety/linear-model.js';
import { normalise, PIECE_LENGTH } from '../safety/normalise.js';
import { NEEDS, type Need, type Urgency } from './need.js';
import { shortRequest } from './short-requests.js';

export interface Slots extends Territory {
  mode?: 'face_to_face' | 'telephone';
  /** The caller wants it now. */
  now?: true;
}

export interface Understanding {
  need: Need;
  /** Other needs in the same words, most likely first. */
  also: readonly Need[];
  urgency: Urgency;
  /** Of the first need, 0 to 1. */
  confidence: number;
  /** When the best are close: what to choose between. */
  ask: { choices: readonly Need[] } | null;
  slots: Slots;
}

/** The need in a caller's own words. Whether a life is at risk is the safety screen's answer, not this one's. */
export type Understand = (text: string) => Understanding;

/** What training leaves (`npm run train`): one yes-or-no question a need. */
export interface TriageModel extends StoredRarity {
  corpus: string;
  needs: Readonly<Record<Need, StoredWeights>>;
  /** Divides the log-odds before they become shares: calibration. */
  temperature: number;
}

/** Below this the two or three best are asked about. */
const SURE = 0.5;
/** A need this likely beside the first is told to the caller. */
const ALSO = 0.2;
const ASKED = 3;
/** A choice less likely than this would only confuse. */
const WORTH_ASKING = 0.08;

const NOW =
  /\b(?:maintenant|tout de suite|immediatement|des que possible|urgent|urgence|right now|immediately|now)\b/;
const ACUTE =
  /\b(?:viens d etre|vient de me|ce matin|aujourd hui|a l instant|crise d angoisse|crise de panique|panic attack|a la rue|dehors ce soir|expulse|ce soir)\b/;
const FACE_TO_FACE = /\b(?:face a face|presentiel|en personne|sur place|in person|face to face)\b/;
const TELEPHONE = /\b(?:par telephone|au telephone|a distance|by phone|on the phone)\b/;

export function createUnderstand(model: TriageModel): Understand {
  const scorers = NEEDS.map((need) => ({ need, scorer: openScorer(model.needs[need]) }));

  const rarity = openRarity(model);

  return (text) => {
    const normalised = normalise(text.slice(0, PIECE_LENGTH));
    const slots = slotsOf(text, normalised);
    const certain = shortRequest(normalised);
    const features = featuresOf(normalised, rarity);
    const scored = scorers.map(({ need, scorer }) => ({ need, score: scorer.score(features) }));
    const ranked = shares(scored, model.temperature);
    if (certain !== undefined)
      return { need: certain, also: [], urgency: urgencyOf(normalised), confidence: 1, ask: null, slots };
    const [first = { need: 'ecoute_psy' as const, share: 0 }, ...rest] = ranked;
    return {
      need: first.need,
      also: rest.filter(({ share }) => share >= ALSO).map(({ need }) => need),
      urgency: urgencyOf(normalised),
      confidence: first.share,
      ask: first.share >= SURE ? null : { choices: choicesOf(ranked) },
      slots,
    };
  };
}

/** Log-odds as shares of 1, best first. */
function shares(
  scored: readonly { need: Need; score: number }[],
  temperature: number,
): { need: Need; share: number }[] {
  const best = Math.max(...scored.map(({ score }) => score));
  const weights = scored.map(({ need, score }) => ({ need, weight: Math.exp((score - best) / temperature) }));
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  return weights
    .map(({ need, weight }) => ({ need, share: weight / total }))
    .sort((a, b) => b.share - a.share);
}

/** Danger is asked about by the safety protocol, never as one choice among others. */
function choicesOf(ranked: readonly { need: Need; share: number }[]): Need[] {
  const candidates = ranked.filter(({ need }) => need !== 'crise' && need !== 'parler_humain');
  const likely = candidates.slice(0, ASKED).filter(({ share }, index) => index < 2 || share >= WORTH_ASKING);
  return likely.map(({ need }) => need);
}

const urgencyOf = (normalised: string): Urgency => (ACUTE.test(normalised) ? 'elevee' : 'normale');

function slotsOf(text: string, normalised: string): Slots {
  return {
    ...findTerritory(text),
    ...(FACE_TO_FACE.test(normalised) ? { mode: 'face_to_face' as const } : {}),
    ...(TELEPHONE.test(normalised) ? { mode: 'telephone' as const } : {}),
    ...(NOW.test(normalised) ? { now: true as const } : {}),
  };
}
