import { z } from 'zod';
import type { ConversationId, StaffId } from '../../kernel/ids.js';
import { parseForm } from '../frame.js';
import type { StaffRoutes } from '../staff-routes.js';
import { CALL_ROLES } from './call-view.js';
import { type DeskParts, idOf } from './desk-parts.js';

const toSchema = z.object({ to: z.string().regex(/^[\w-]{1,64}$/) });

/** Passing a call on: the colleague is in the room before the first leaves (warm transfer). */
export function addCalls({ phoneLine, audit }: DeskParts, routes: StaffRoutes): void {
  routes.form('/conversations/:id/call-transfer', 'desk:act', async ({ account, request, response }) => {
    const id = idOf<ConversationId>(request.params.id);
    const { to } = parseForm(toSchema, request.body);
    const role = CALL_ROLES.find((one) => one === to);
    const target = role === undefined ? { responder: idOf<StaffId>(to) } : { role };
    const { kind } = await phoneLine.transfer({ conversation: id, by: account.id }, target);
    if (kind === 'ringing') await audit.record({ by: account.id, act: 'conversation-offered', on: id });
    response.redirect(303, `/console/conversations/${id}?said=call-${kind}`);
  });
  routes.form('/conversations/:id/call-leave', 'desk:act', async ({ account, request, response }) => {
    const id = idOf<ConversationId>(request.params.id);
    const left = await phoneLine.stepOut({ conversation: id, by: account.id });
    if (left === 'left') await audit.record({ by: account.id, act: 'conversation-transferred', on: id });
    response.redirect(303, `/console/conversations/${id}?said=${left === 'left' ? 'done' : 'call-alone'}`);
  });
}
