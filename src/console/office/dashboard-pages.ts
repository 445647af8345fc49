import type { Clock } from '../../kernel/clock.js';
import { type Bilan, type BilanTableId, bilanOf } from '../../reporting/bilan.js';
import type { BilanWords } from '../../reporting/bilan-words.js';
import type { CountStore } from '../../reporting/count-store.js';
import { parisDay } from '../../reporting/paris-day.js';
import type { ConsoleFrame } from '../frame.js';
import type { StaffRoutes } from '../staff-routes.js';
import { dashboardView, type LiveFigures } from './dashboard-view.js';
import { officeNav } from './office-nav.js';
import { OFFICE_STYLES } from './office-parts.js';

export interface DashboardParts {
  clock: Clock;
  /** How many wait and answer at this moment, and nothing of whom. */
  situation: () => Promise<LiveFigures>;
  stores: { counts: CountStore };
  bilanWords: BilanWords;
}

/** In the order of the page. */
export const DASHBOARD_TABLES = [
  'answer-time',
  'answered-by',
  'unanswered',
  'take-over-time',
  'alert-acknowledged',
  'alert-hours',
  'alert-outcome',
  'callbacks',
  'contacts-by-month',
] as const satisfies readonly BilanTableId[];

/** How it goes now, and how it went: the figures of the bilan, hidden and rounded by its rules. */
export function addDashboard(parts: DashboardParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  const title = t('staff-office.dashboard.title');
  routes.page('/tableau', 'statistics:see', async (staff) => {
    const bilan = await latestBilan(parts);
    const content = dashboardView(t, {
      nav: officeNav(t, staff.account, 'dashboard'),
      live: await parts.situation(),
      bilan,
      tables: DASHBOARD_TABLES.flatMap((id) => bilan.tables.find((table) => table.id === id) ?? []),
      words: parts.bilanWords,
    });
    const scripts = ['office-live.js', 'dashboard.js'];
    const page = { title, content, scripts, libraries: ['chart.js'], styles: OFFICE_STYLES, refresh: 20 };
    frame.show(staff, page);
  });
}

/** Of this year, or of the last one while no month of it has ended. */
export async function latestBilan({
  clock,
  stores,
}: Pick<DashboardParts, 'clock' | 'stores'>): Promise<Bilan> {
  const now = clock.now();
  const year = Number(parisDay(now).slice(0, 4));
  const bilan = await bilanOf({ store: stores.counts, now, year });
  return bilan.until === null ? bilanOf({ store: stores.counts, now, year: year - 1 }) : bilan;
}
