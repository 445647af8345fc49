/** Why the screen thinks that a life may be at risk. */
export const RISK_REASONS = [
  'self-harm-ideation',
  'plan',
  'goodbye',
  'passive-death-wish',
  'act-in-progress',
  'past-attempt-returning',
  'third-person',
  'violence-now',
  'danger-to-others',
  'child-in-danger',
  'medical-emergency',
  'unclear',
] as const;
export type RiskReason = (typeof RISK_REASONS)[number];

/** Dangers that are spoken of in like words, and call for the same numbers. */
export const RISK_GROUPS = {
  'to-oneself': ['self-harm-ideation', 'plan', 'goodbye', 'passive-death-wish', 'past-attempt-returning'],
  'to-the-body': ['act-in-progress', 'medical-emergency'],
  'to-another': ['third-person', 'child-in-danger'],
  'of-violence': ['violence-now', 'danger-to-others'],
} as const satisfies Readonly<Record<string, readonly RiskReason[]>>;
