import type { TableId } from './counters.js';

/**
 * Figures of the 2021 bilan (document 000, "Bilan des Actions concertées MEN/MGEN 2021") beside which ours may be
 * read. They count persons; ours count codes, contacts and calls, which is said wherever both stand.
 */
export interface Figure2021 {
  id: 'individual-support' | 'readaptation' | 'collective';
  agents: number;
  /** Ours: the total of a table, or one of its rows. */
  ours: { table: TableId; row?: string };
}

export const FIGURES_2021: readonly Figure2021[] = [
  { id: 'individual-support', agents: 3_893, ours: { table: 'support' } },
  { id: 'readaptation', agents: 511, ours: { table: 'services', row: 'centres-readaptation' } },
  { id: 'collective', agents: 10_954, ours: { table: 'services', row: 'actions-collectives' } },
];
