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
