import { stringify } from 'csv-stringify/sync';
import { html } from 'ghtml';
import type { Audit } from '../../accounts/audit.js';
import type { Purged } from '../../jobs/purge-now.js';
import type { Clock } from '../../kernel/clock.js';
import type { CountStore } from '../../reporting/count-store.js';
import { parisDay } from '../../reporting/paris-day.js';
import type { ConsoleFrame } from '../frame.js';
import type { Word } from '../layout.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { type RetentionRow, retentionRows } from './retention-rows.js';

export interface DataPagesParts {
  clock: Clock;
  audit: Pick<Audit, 'record'>;
  stores: { counts: Pick<CountStore, 'between'> };
  /** Destroys at once what has been kept long enough. */
  purge: () => Promise<Purged[]>;
  config: SettingsShown;
}

/** What the environment has set, without its secrets. */
export interface SettingsShown {
  transcriptDays: number;
  lineNumber: string;
  lastResortNumber: string;
  smsFrom: string | undefined;
  smtpUrl: string | undefined;
  metricsToken: string | undefined;
  oidc: { issuer: string } | undefined;
}

const FIRST_DAY = '2020-01-01';

/** What is kept and for how long, what the service is set to, and the two things an administrator does with it. */
export function addData(parts: DataPagesParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { clock, audit, stores, purge, config } = parts;
  const { t } = frame;
  const show = (staff: StaffRequest, purged: readonly Purged[]): void => {
    const content = dataView(t, { csrf: staff.csrf, config, purged });
    frame.show(staff, { title: t('staff-admin.data'), content, styles: ['account.css'] });
  };
  routes.page('/donnees', 'data:manage', (staff) => show(staff, []));
  routes.form('/donnees/purge', 'data:manage', async (staff) => {
    await audit.record({ by: staff.account.id, act: 'data-purged' });
    show(staff, await purge());
  });
  routes.form('/donnees/export', 'data:manage', async ({ account, response }) => {
    await audit.record({ by: account.id, act: 'data-exported' });
    const days = await stores.counts.between(FIRST_DAY, parisDay(clock.now()));
    const rows = days.flatMap(({ day, counts }) =>
      Object.entries(counts).map(([heading, count]) => [day, heading, count]),
    );
    response.type('text/csv').attachment('comptes.csv');
    response.send(stringify([['day', 'heading', 'count'], ...rows]));
  });
}

function dataView(
  t: Word,
  { csrf, config, purged }: { csrf: string; config: SettingsShown; purged: readonly Purged[] },
): string {
  const button = (act: 'purge' | 'export'): string =>
    html`<form method="post" action="/console/donnees/${act}"><input type="hidden" name="csrf" value="${csrf}"><button>${t(`staff-admin.data-${act}`)}</button></form>`;
  const row = ({ what, kept, count }: RetentionRow): string =>
    html`<tr><th scope="row">${t(`staff-admin.kept.${what}`)}</th><td>${t(`staff-admin.period.${kept}`, { count })}</td></tr>`;
  return html`<h1>${t('staff-admin.data')}</h1>!${purgedView(t, purged)}
<section><h2>${t('staff-admin.retention')}</h2><div class="table" tabindex="0" role="group" aria-label="${t('staff-admin.retention')}"><table><thead><tr><th scope="col">${t('staff-admin.what')}</th><th scope="col">${t('staff-admin.how-long')}</th></tr></thead>
<tbody>!${retentionRows(config).map(row)}</tbody></table></div></section>
<div class="panels"><section class="panel"><h2>${t('staff-admin.data-purge')}</h2><p>${t('staff-admin.purge-why')}</p>!${button('purge')}</section>
<section class="panel"><h2>${t('staff-admin.data-export')}</h2><p>${t('staff-admin.export-why')}</p>!${button('export')}</section></div>
!${settings(t, config)}`;
}

function purgedView(t: Word, purged: readonly Purged[]): string {
  if (purged.length === 0) return '';
  const line = ({ job, count }: Purged): string =>
    html`<li><code>${job}</code> : ${count ?? t('console.job.failed')}</li>`;
  return html`<div class="notice" role="status"><p>${t('staff-admin.purged')}</p><ul>!${purged.map(line)}</ul></div>`;
}

function settings(t: Word, config: SettingsShown): string {
  const given = (value: string | undefined): string =>
    value === undefined || value === '' ? t('staff-admin.setting.off') : t('staff-admin.setting.on');
  const rows: [string, string][] = [
    ['LINE_NUMBER', config.lineNumber === '' ? given('') : config.lineNumber],
    ['LAST_RESORT_NUMBER', config.lastResortNumber === '' ? given('') : config.lastResortNumber],
    ['TWILIO_SMS_FROM', given(config.smsFrom)],
    ['SMTP_URL', given(config.smtpUrl)],
    ['METRICS_TOKEN', given(config.metricsToken)],
    ['OIDC_ISSUER', config.oidc?.issuer ?? given('')],
    ['TRANSCRIPT_DAYS', String(config.transcriptDays)],
  ];
  return html`<section><h2>${t('staff-admin.settings')}</h2><p>${t('staff-admin.settings-why')}</p>
<div class="table" tabindex="0" role="group" aria-label="${t('staff-admin.settings')}"><table><thead><tr><th scope="col">${t('staff-admin.setting.name')}</th><th scope="col">${t('staff-admin.setting.value')}</th></tr></thead>
<tbody>!${rows.map(([name, value]) => html`<tr><th scope="row"><code>${name}</code></th><td>${value}</td></tr>`)}</tbody></table></div></section>`;
}
