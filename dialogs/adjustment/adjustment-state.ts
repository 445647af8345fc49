import { z } from 'zod';
import type { Orientation } from '../../src/directory/advise.js';
import { ASKABLE } from '../../src/directory/open-fields.js';
import { CORPS, MEASURES, POSITIONS, type Profile, STATUSES } from '../../src/directory/profile.js';
import type { DialogContext, Step } from '../dialog.js';
import { todayIn } from '../when.js';

export const profileSchema = z.object({
  corps: z.enum(CORPS).optional(),
  status: z.enum(STATUSES).optional(),
  position: z.enum(POSITIONS).optional(),
  rqth: z.boolean().optional(),
  pacdYears: z.number().optional(),
  paldEnds: z.string().optional(),
  wishes: z.array(z.enum(MEASURES)).readonly().optional(),
});

export const stateSchema = z.object({
  profile: profileSchema,
  /** Questions asked already, answered or not. */
  asked: z.array(z.enum(ASKABLE)),
  questions: z.number(),
  stage: z.enum(['asking', 'screen', 'which', 'reading']),
  /** On the phone: which measure, and which of its details (-1: what it is). */
  measure: z.number(),
  detail: z.number(),
});
export type State = z.infer<typeof stateSchema>;
export type Asking = Extract<Step, { kind: 'ask' }>;

export const FIRST: State = { profile: {}, asked: [], questions: 0, stage: 'asking', measure: 0, detail: -1 };

export const today = (context: DialogContext): string => todayIn('Europe/Paris', context.now);

export const profileOf = ({ memory }: DialogContext, { profile }: State): Profile => ({
  ...profile,
  academy: memory.academy,
  department: memory.department,
});

export const orient = (context: DialogContext, state: State): Promise<Orientation> =>
  context.services.adviser.orient({
    need: 'sante_poste',
    profile: profileOf(context, state),
    today: today(context),
  });
