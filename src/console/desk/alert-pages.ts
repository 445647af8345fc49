import { z } from 'zod';
import { ALERT_OUTCOMES } from '../../handoff/alert.js';
import type { AlertId, ConversationId } from '../../kernel/ids.js';
import { parseForm } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { acknowledgeAlert, closeAlert } from './alert-acts.js';
import type { Shown } from './conversation-pages.js';
import { showConversation } from './conversation-pages.js';
import { idOf, operatorOf } from './desk-parts.js';

const closeSchema = z.object({ outcome: z.enum(ALERT_OUTCOMES) });

/** A life in danger: taking it, finding the person, closing it. */
export function addAlerts(shown: Shown, routes: StaffRoutes): void {
  const { alerts, help } = shown.parts;
  const back = (staff: StaffRequest, conversation: ConversationId | undefined, kind: string): void => {
    const place = conversation === undefined ? '/console' : `/console/conversations/${conversation}`;
    staff.response.redirect(303, `${place}?said=${kind}`);
  };
  const conversationOf = async (id: AlertId): Promise<ConversationId | undefined> =>
    (await alerts.get(id))?.conversation;

  routes.form('/alerts/:id/acknowledge', 'desk:act', async (staff) => {
    const id = idOf<AlertId>(staff.request.params.id);
    const by = await operatorOf(shown.parts, staff.account);
    const { kind } = await acknowledgeAlert(shown.parts, id, by);
    back(staff, await conversationOf(id), kind === 'acknowledged' ? 'done' : kind);
  });
  routes.form('/alerts/:id/close', 'desk:own', async (staff) => {
    const id = idOf<AlertId>(staff.request.params.id);
    const { outcome } = parseForm(closeSchema, staff.request.body);
    const { kind } = await closeAlert(shown.parts, id, { by: staff.account, outcome });
    back(staff, await conversationOf(id), kind === 'closed' ? 'done' : kind);
  });
  /** Shown in the answer itself and nowhere else. */
  routes.form('/alerts/:id/reveal', 'desk:own', async (staff) => {
    const id = idOf<AlertId>(staff.request.params.id);
    const conversation = await conversationOf(id);
    const outcome = await help.reveal(id, staff.account.id);
    if (outcome.kind !== 'revealed' || conversation === undefined)
      return back(staff, conversation, 'not-yours');
    await showConversation(shown, staff, conversation, { revealed: outcome.contacts });
  });
}
