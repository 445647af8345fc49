import { z } from 'zod';
import { citationSchema } from './source.js';

const shortNumber = z.string().regex(/^\d{2,4}$/);

/** Short numbers of a territory that has a numbering plan of its own; everywhere else those of France answer. */
export const emergencyNumbersSchema = z.strictObject({
  /** Code of the collectivity, `988`. */
  territory: z.string().regex(/^\d{3}$/),
  answer: z.array(shortNumber).min(1),
  /** Numbers of mainland France that stand in no plan of the territory. */
  unsure: z.array(shortNumber),
  source: citationSchema,
});
export type EmergencyNumbers = z.infer<typeof emergencyNumbersSchema>;
