import { z } from 'zod';
import type { Accounts } from '../../accounts/accounts.js';
import type { Audit } from '../../accounts/audit.js';
import { ALERT_OUTCOMES } from '../../handoff/alert.js';
import type { Alerts } from '../../handoff/alerts.js';
import type { Desk } from '../../handoff/desk.js';
import type { Clock } from '../../kernel/clock.js';
import { type AlertId, asId, type ConversationId, type StaffId } from '../../kernel/ids.js';
import type { ChatCodes } from '../../phone-line/chat-codes.js';
import { type ConsoleFrame, parseForm } from '../frame.js';
import type { Word } from '../layout.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { type DeskView, deskView } from './desk-view.js';

export interface DeskParts {
  accounts: Accounts;
  audit: Pick<Audit, 'record'>;
  alerts: Alerts;
  desk: Desk;
  chatCodes: Pick<ChatCodes, 'chatOf'>;
  clock: Clock;
}

export const REFRESH_SECONDS = 10;
/** What an action may lead to: `console.said.<code>`. */
export const DESK_SAID = ['done', 'lost', 'already', 'alert-open', 'ringing', 'busy', 'not-yours', 'unknown'];

const closeSchema = z.object({ outcome: z.enum(ALERT_OUTCOMES) });
const ourId = z.string().regex(/^[\w-]{1,64}$/);

/** The list of conversations, and what is done with an alert. */
export function addDesk(parts: DeskParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  routes.page('/', 'desk:see', async (staff) => {
    const view = await deskViewOf(parts, t, staff);
    const content = deskView(view, await parts.desk.list());
    frame.show(staff, { content, refresh: REFRESH_SECONDS, scripts: ['desk.js'] }, DESK_SAID);
  });
  /** The list alone, for the page's script. */
  routes.page('/desk', 'desk:see', async (staff) => {
    staff.response.type('html').send(deskView(await deskViewOf(parts, t, staff), await parts.desk.list()));
  });
  routes.form('/alerts/:id/acknowledge', 'desk:act', async ({ account, request, response }) => {
    const { kind } = await parts.alerts.acknowledge(idOf<AlertId>(request.params.id), account.id);
    response.redirect(303, `/console?said=${kind === 'acknowledged' ? 'done' : kind}`);
  });
  routes.form('/alerts/:id/close', 'desk:act', async ({ account, request, response }) => {
    const { outcome } = parseForm(closeSchema, request.body);
    const closed = await parts.alerts.close(idOf<AlertId>(request.params.id), account.id, outcome);
    if (closed.kind === 'closed') await parts.desk.alertClosed(closed.conversation);
    response.redirect(303, `/console?said=${closed.kind === 'closed' ? 'done' : closed.kind}`);
  });
}

export async function deskViewOf(
  { accounts, clock }: Pick<DeskParts, 'accounts' | 'clock'>,
  t: Word,
  { account, csrf }: StaffRequest,
): Promise<DeskView> {
  const names = new Map((await accounts.list()).map(({ id, pseudonym }) => [id, pseudonym]));
  return { t, now: clock.now(), csrf, me: account.id, nameOf: (staff: StaffId) => names.get(staff) ?? '—' };
}

/** @throws CodedError `invalid-input` for what cannot be one of our ids */
export function idOf<T extends AlertId | ConversationId>(given: unknown): T {
  return asId<T>(parseForm(ourId, given));
}
