import { z } from 'zod';
import { RISK_REASONS } from '../../src/safety/risk.js';
import type { Frame } from '../dialog.js';

/**
 * `ask`: the direct question is to be asked. `asked`: its answer comes next. `protocol`: presence is to be
 * given. `place`: where the person is was asked. `presence`: nothing is asked any more, somebody stays.
 */
export const crisisStateSchema = z.object({
  stage: z.enum(['ask', 'asked', 'protocol', 'place', 'presence']),
  reason: z.enum(RISK_REASONS),
});
export type CrisisState = z.infer<typeof crisisStateSchema>;
export type CrisisArgs = CrisisState;

export const lifeQuestionAsked = (frame: Frame | undefined): boolean => stageOf(frame) === 'asked';
/** Where they are was asked: what comes next is kept as it was said, for help to find them. */
export const placeAsked = (frame: Frame | undefined): boolean => stageOf(frame) === 'place';

function stageOf(frame: Frame | undefined): CrisisState['stage'] | undefined {
  if (frame?.dialog !== 'crisis') return undefined;
  const parsed = crisisStateSchema.safeParse(frame.state);
  return parsed.success ? parsed.data.stage : undefined;
}
