import { html } from 'ghtml';
import { z } from 'zod';
import type { JobStore } from '../../jobs/job-store.js';
import type { Clock, Instant } from '../../kernel/clock.js';
import { bilanOf } from '../../reporting/bilan.js';
import { BILAN_STYLE, bilanSections } from '../../reporting/bilan-html.js';
import type { BilanWords } from '../../reporting/bilan-words.js';
import type { CountStore } from '../../reporting/count-store.js';
import { parisDay } from '../../reporting/paris-day.js';
import type { ConsoleFrame } from '../frame.js';
import type { StaffRoutes } from '../staff-routes.js';

export interface StatisticsParts {
  clock: Clock;
  stores: { counts: CountStore; jobs: Pick<JobStore, 'list'> };
  bilanWords: BilanWords;
}

const yearSchema = z.coerce.number().int().min(2020).max(2099);

/** The yearly bilan, as the command line prints it, and how the jobs ended. */
export function addStatistics(parts: StatisticsParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  routes.router.get('/assets/bilan.css', (_request, response) => {
    response.type('css').send(BILAN_STYLE);
  });
  routes.page('/bilan', 'statistics:see', async (staff) => {
    const now = parts.clock.now();
    const asked = yearSchema.safeParse(staff.request.query.year);
    const year = asked.success ? asked.data : Number(parisDay(now).slice(0, 4));
    const bilan = await bilanOf({ store: parts.stores.counts, now, year });
    const content = html`<nav aria-label="${t('console.bilan-years')}"><a href="/console/bilan?year=${year - 1}">${year - 1}</a> · <a href="/console/bilan?year=${year + 1}">${year + 1}</a></nav>
<div class="bilan">!${bilanSections(bilan, parts.bilanWords)}</div>`;
    frame.show(staff, { title: t('console.bilan'), content, styles: ['bilan.css'] });
  });
  routes.page('/jobs', 'statistics:see', async (staff) => {
    const lines = (await parts.stores.jobs.list()).map(
      ({ name, outcome, count, endedAt, dueAt }) =>
        html`<tr><th scope="row">${name}</th><td>${t(`console.job.${outcome ?? 'none'}`)}</td><td>${count}</td><td>${timeOf(endedAt)}</td><td>${timeOf(dueAt)}</td></tr>`,
    );
    const content = html`<h1>${t('console.jobs')}</h1>
<table><thead><tr><th scope="col">${t('console.job.name')}</th><th scope="col">${t('console.job.outcome')}</th><th scope="col">${t('console.job.count')}</th><th scope="col">${t('console.job.ended')}</th><th scope="col">${t('console.job.due')}</th></tr></thead>
<tbody>!${lines}</tbody></table>`;
    frame.show(staff, { title: t('console.jobs'), content });
  });
}

const parisTime = new Intl.DateTimeFormat('fr-FR', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'Europe/Paris',
});

const timeOf = (at: Instant | null): string => (at === null ? '—' : parisTime.format(at));
