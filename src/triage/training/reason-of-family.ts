import type { RiskReason } from '../../safety/risk.js';
import type { CorpusRow } from './corpus.js';

const REASON_OF_FAMILY: Readonly<Record<string, RiskReason>> = {
  explicite: 'self-harm-ideation',
  ideation_voilee: 'self-harm-ideation',
  automutilation: 'self-harm-ideation',
  voilee: 'self-harm-ideation',
  fardeau: 'self-harm-ideation',
  sans_avenir: 'self-harm-ideation',
  disparaitre: 'self-harm-ideation',
  en_finir: 'self-harm-ideation',
  plan: 'plan',
  moyen_plan: 'plan',
  adieu: 'goodbye',
  adieux: 'goodbye',
  souhait_passif: 'passive-death-wish',
  acte_en_cours: 'act-in-progress',
  tentative_retour: 'past-attempt-returning',
  recidive: 'past-attempt-returning',
  tiers: 'third-person',
  violence_immediate: 'violence-now',
  danger_autrui: 'danger-to-others',
  enfant_danger: 'child-in-danger',
  urgence_medicale: 'medical-emergency',
};

/** The reason a row of the corpus stands for; `undefined` when its family does not say. */
export const reasonOf = ({ family }: CorpusRow): RiskReason | undefined => REASON_OF_FAMILY[family];
