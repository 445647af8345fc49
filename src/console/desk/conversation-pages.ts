import { z } from 'zod';
import type { DeskOutcome, Operator } from '../../handoff/desk.js';
import { CodedError } from '../../kernel/errors.js';
import type { ConversationId } from '../../kernel/ids.js';
import { type ConsoleFrame, parseForm } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { conversationView } from './conversation-view.js';
import { DESK_SAID, type DeskParts, deskViewOf, idOf, REFRESH_SECONDS } from './desk-pages.js';

const replySchema = z.object({ text: z.string().trim().min(1).max(4_000) });

/** One conversation: reading it, taking it, answering, giving it back. */
export function addConversations(parts: DeskParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { desk, chatCodes, audit } = parts;
  routes.page('/conversations/:id', 'desk:see', async (staff) => {
    const id = idOf<ConversationId>(staff.request.params.id);
    await audit.record({ by: staff.account.id, act: 'transcript-read', on: id });
    const found = await desk.transcript(id);
    if (found === undefined) throw new CodedError('not-found', 'This conversation no longer exists.');
    const view = await deskViewOf(parts, frame.t, staff);
    const chat = await chatCodes.chatOf(id);
    const earlier = chat === undefined ? undefined : await desk.transcript(chat);
    const content = conversationView(view, id, { ...found, earlier: earlier?.messages ?? [] });
    const title = frame.t('console.conversation');
    frame.show(staff, { title, content, refresh: REFRESH_SECONDS, scripts: ['desk.js'] }, DESK_SAID);
  });
  const act = (
    path: string,
    action: (id: ConversationId, by: Operator, staff: StaffRequest) => Promise<DeskOutcome>,
  ) =>
    routes.form(`/conversations/:id/${path}`, 'desk:act', async (staff) => {
      const id = idOf<ConversationId>(staff.request.params.id);
      const { id: by, pseudonym } = staff.account;
      const { kind } = await action(id, { id: by, pseudonym }, staff);
      staff.response.redirect(303, `/console/conversations/${id}?said=${kind}`);
    });
  act('claim', (id, by) => desk.claim(id, by));
  act('hand-back', (id, by) => desk.handBack(id, by));
  act('close', (id, by) => desk.close(id, by));
  act('reply', (id, by, { request }) => desk.reply(id, by, parseForm(replySchema, request.body).text));
}
