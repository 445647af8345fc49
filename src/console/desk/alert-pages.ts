import { z } from 'zod';
import { ALERT_OUTCOMES } from '../../handoff/alert.js';
import type { AlertId, ConversationId } from '../../kernel/ids.js';
import { parseForm } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import type { Shown } from './conversation-pages.js';
import { showConversation } from './conversation-pages.js';
import { idOf, operatorOf } from './desk-parts.js';

const closeSchema = z.object({ outcome: z.enum(ALERT_OUTCOMES) });

/** A life in danger: taking it, finding the person, closing it. */
export function addAlerts(shown: Shown, routes: StaffRoutes): void {
  const { alerts, desk, help, presences } = shown.parts;
  const back = (staff: StaffRequest, conversation: ConversationId | undefined, kind: string): void => {
    const place = conversation === undefined ? '/console' : `/console/conversations/${conversation}`;
    staff.response.redirect(303, `${place}?said=${kind}`);
  };
  const conversationOf = async (id: AlertId): Promise<ConversationId | undefined> =>
    (await alerts.get(id))?.conversation;

  /** Whoever takes the alert takes the conversation too, when nobody else has it. */
  routes.form('/alerts/:id/acknowledge', 'desk:act', async (staff) => {
    const id = idOf<AlertId>(staff.request.params.id);
    const by = await operatorOf(shown.parts, staff.account);
    const { kind } = await alerts.acknowledge(id, by.id);
    const conversation = await conversationOf(id);
    if (kind === 'acknowledged' && conversation !== undefined) await desk.claim(conversation, by);
    back(staff, conversation, kind === 'acknowledged' ? 'done' : kind);
  });
  routes.form('/alerts/:id/close', 'desk:own', async (staff) => {
    const id = idOf<AlertId>(staff.request.params.id);
    const { outcome } = parseForm(closeSchema, staff.request.body);
    const closed = await alerts.close(id, staff.account.id, outcome);
    if (closed.kind === 'closed') {
      await desk.alertClosed(closed.conversation);
      await help.alertClosed(closed.conversation);
      await presences.heavy(staff.account);
    }
    back(staff, await conversationOf(id), closed.kind === 'closed' ? 'done' : closed.kind);
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
