import { z } from 'zod';
import { DASHBOARD_TABLES, type DashboardParts, latestBilan } from '../office/dashboard-pages.js';
import { type AnyEndpoint, endpoint } from './endpoint.js';

export type FiguresEndpointParts = Pick<DashboardParts, 'clock' | 'situation'> & {
  stores: DashboardParts['stores'];
};

const live = z.object({
  openAlerts: z.int(),
  overdueAlerts: z.int(),
  waitingInWriting: z.int(),
  waitingOnThePhone: z.int(),
  psychologistsOnDuty: z.int(),
  operatorsOnDuty: z.int(),
});
const shown = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('count'), count: z.int() }),
  z.object({ kind: z.literal('few') }).describe('1 to 4.'),
  z.object({ kind: z.literal('withheld') }).describe('Hidden, so that a small count cannot be worked out.'),
]);
const table = z.object({
  id: z.enum(DASHBOARD_TABLES),
  rows: z.array(z.object({ row: z.string(), shown })),
  total: shown,
});

/** The figures of the dashboard, hidden and rounded as on the page. */
export function figuresEndpoints(parts: FiguresEndpointParts): AnyEndpoint[] {
  return [
    endpoint({
      ...{ method: 'get', path: '/figures', permission: 'statistics:see' },
      summary: 'What goes on now, and the figures of the latest bilan; no small count is told',
      answer: z.object({
        live,
        year: z.int(),
        until: z.string().nullable().describe('Last day that is counted.'),
        tables: z.array(table),
      }),
      async handle() {
        const [situation, bilan] = await Promise.all([parts.situation(), latestBilan(parts)]);
        const tables = DASHBOARD_TABLES.flatMap((id) => {
          const found = bilan.tables.find((one) => one.id === id);
          return found === undefined ? [] : [{ ...found, id }];
        });
        return { body: { live: situation, year: bilan.year, until: bilan.until, tables } };
      },
    }),
  ];
}
