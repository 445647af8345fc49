import { z } from 'zod';
import { MODES, type Slot } from '../../booking/booking.js';
import type { Understood } from '../../conversations/understood.js';
import { instant } from '../../kernel/clock.js';
import { asId, type ConversationId, type ServiceId } from '../../kernel/ids.js';
import { NEEDS } from '../../kernel/needs.js';
import { parseForm } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { type Shown, showConversation } from './conversation-pages.js';
import { idOf, operatorOf } from './desk-parts.js';
import type { SideDesk, SideOutcome } from './side-desk.js';
import type { ToolState } from './tool-view.js';

const department = z
  .string()
  .regex(/^([0-9][0-9AB][0-9]?)?$/)
  .catch('');
const searchSchema = z.object({
  tool: z.enum(['book', 'orient', 'code']).optional().catch(undefined),
  mode: z.enum(MODES).optional().catch(undefined),
  need: z.enum(NEEDS).optional().catch(undefined),
  department: department.optional(),
});
const SLOT = /^([\w-]{1,64})\|([\w-]{1,64})\|(face_to_face|telephone)\|(\d{1,15})\|(\d{1,15})$/;
const bookSchema = z.object({ slot: z.string().regex(SLOT) });
const services = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : (value ?? [])),
  z.array(z.string().regex(/^[a-z0-9-]{2,80}$/)).max(20),
);
const orientSchema = z.object({ need: z.enum(NEEDS), department, service: services });
const codeSchema = z.object({ code: z.string().trim().min(1).max(20) });

/** Booking, pointing to a service and checking a code, from beside the conversation. */
export function addTools(shown: Shown, routes: StaffRoutes): void {
  const { side } = shown;
  const act = (
    path: string,
    action: (staff: StaffRequest, id: ConversationId) => Promise<SideOutcome>,
  ): void =>
    routes.form(`/conversations/:id/${path}`, 'desk:act', async (staff) => {
      const id = idOf<ConversationId>(staff.request.params.id);
      const outcome = await action(staff, id);
      // A code is shown in this answer and nowhere else.
      if (outcome.kind === 'said') return showConversation(shown, staff, id, { say: outcome.text });
      staff.response.redirect(303, `/console/conversations/${id}?said=${outcome.kind}`);
    });
  act('book', async (staff, id) => {
    const { slot } = parseForm(bookSchema, staff.request.body);
    return side.book(id, await operatorOf(shown.parts, staff.account), slotOf(slot));
  });
  act('orient', async (staff, id) => {
    const { service, ...query } = parseForm(orientSchema, staff.request.body);
    const chosen = service.map((one: string) => asId<ServiceId>(one));
    return side.orient(id, await operatorOf(shown.parts, staff.account), { ...query, services: chosen });
  });
  routes.form('/conversations/:id/code', 'desk:act', async (staff) => {
    const { code } = parseForm(codeSchema, staff.request.body);
    const tool: ToolState = { tool: 'code', check: await side.check(code, staff.account.id) };
    await showConversation(shown, staff, idOf<ConversationId>(staff.request.params.id), { tool });
  });
}

function slotOf(text: string): Slot {
  const [, psychologist = '', site = '', mode = '', start, end] = SLOT.exec(text) ?? [];
  return {
    psychologist: asId(psychologist),
    site: asId(site),
    mode: mode === 'telephone' ? 'telephone' : 'face_to_face',
    start: instant(Number(start)),
    end: instant(Number(end)),
  };
}

/** What the address asks to see; what is known of the caller is filled in. */
export async function toolOf(
  side: SideDesk,
  query: unknown,
  known: Understood,
): Promise<ToolState | undefined> {
  const asked = searchSchema.parse(query);
  const place = asked.department ?? known.department ?? '';
  if (asked.tool === 'code') return { tool: 'code', check: undefined };
  if (asked.tool === 'book') {
    const mode = asked.mode ?? 'face_to_face';
    const slots = asked.mode && (await side.slots({ mode, department: place }));
    return { tool: 'book', mode, department: place, slots };
  }
  if (asked.tool !== 'orient') return undefined;
  const need = asked.need ?? known.need ?? 'ecoute_psy';
  const found = asked.need && (await side.services({ need, department: place }));
  return { tool: 'orient', need, department: place, services: found };
}
