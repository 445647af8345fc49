import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { Account } from '../../accounts/account.js';
import type { Accounts } from '../../accounts/accounts.js';
import type { Audit } from '../../accounts/audit.js';
import { AUDIT_ACTS, type AuditActor, OUTSIDE } from '../../accounts/audit-entry.js';
import type { ConsoleFrame } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { auditView } from './audit-view.js';

export interface AuditPagesParts {
  accounts: Pick<Accounts, 'list'>;
  audit: Audit;
}

const PAGE = 50;
/** Looked at each time the page opens; the whole chain on request, and by `check`. */
const RECENT = 1_000;
const EXPORT_PAGES = 1_000;
const COLUMNS = ['seq', 'at', 'by', 'act', 'on', 'previous', 'hash'];

const filterSchema = z.object({
  by: z.string().max(64).catch('').default(''),
  act: z.enum(AUDIT_ACTS).optional().catch(undefined),
  below: z.coerce.number().int().min(1).optional().catch(undefined),
});

/** The log of what staff did. */
export function addAudit(parts: AuditPagesParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { accounts, audit } = parts;
  const { t } = frame;
  const show = async (staff: StaffRequest, recent: number | undefined): Promise<void> => {
    const { by, act, below } = filterSchema.parse(staff.request.query);
    const names = new Map<string, string>(
      (await accounts.list()).map((account) => [account.id, nameOf(account)]),
    );
    for (const outside of OUTSIDE) names.set(outside, t(`staff-admin.outside.${outside}`));
    const page = await audit.list({
      limit: PAGE,
      ...(by === '' ? {} : { by: by as AuditActor }),
      ...(act === undefined ? {} : { act }),
      ...(below === undefined ? {} : { below }),
    });
    const chain = await audit.verify(recent);
    const view = { csrf: staff.csrf, page, names, filter: { by, act }, chain, whole: recent === undefined };
    const content = auditView(t, view);
    frame.show(staff, { title: t('staff-admin.audit'), content, styles: ['account.css'], wide: true });
  };
  routes.page('/journal', 'audit:see', (staff) => show(staff, RECENT));
  routes.form('/journal', 'audit:see', (staff) => show(staff, undefined));
  routes.form('/journal/export', 'audit:see', async ({ account, response }) => {
    await audit.record({ by: account.id, act: 'data-exported' });
    response.type('text/csv').attachment('journal.csv');
    response.write(stringify([COLUMNS]));
    let below: number | undefined;
    for (let count = 0; count < EXPORT_PAGES; count += 1) {
      const { entries, next } = await audit.list({ limit: 100, ...(below === undefined ? {} : { below }) });
      const rows = entries.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }));
      response.write(stringify(rows, { columns: COLUMNS }));
      if (next === undefined) break;
      below = next;
    }
    response.end();
  });
}

/** A login that a provider's account was given says nothing to anybody. */
const nameOf = ({ id, login, pseudonym }: Account): string => (login === id ? pseudonym : login);
