import { z } from 'zod';
import { may } from '../../accounts/permissions.js';
import { asId } from '../../kernel/ids.js';
import type { CallbackId } from '../../phone-line/callback-store.js';
import type { Callbacks } from '../../phone-line/callbacks.js';
import { type ConsoleFrame, parseForm } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { callbacksView } from './callback-view.js';
import { editorNames, OFFICE_STYLES, type OfficeParts } from './office-parts.js';

export type CallbackActs = Pick<Callbacks, 'list' | 'claim' | 'release' | 'call' | 'done'>;

const idSchema = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });
const doneSchema = idSchema.extend({ outcome: z.enum(['reached', 'unreached']) });
/** What an act may lead to: `console.said.<code>`. */
const SAID = ['done', 'ringing', 'busy', 'callback-over', 'callback-not-yours', 'callback-early'];

/** Those who asked to be called: who calls whom is seen by everybody, the number by nobody. */
export function addCallbacks(parts: OfficeParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  const { callbacks, clock } = parts;
  const title = t('staff-office.callbacks.title');

  async function show(staff: StaffRequest, notice?: string): Promise<void> {
    const content = callbacksView({
      ...{ t, csrf: staff.csrf, me: staff.account.id, now: clock.now() },
      mayAct: may(staff.account, 'desk:act'),
      callbacks: await callbacks.list(),
      nameOf: await editorNames(parts, t),
    });
    const told = notice === undefined ? {} : { notice };
    const page = { title, content, styles: OFFICE_STYLES, scripts: ['office-live.js'], refresh: 20, ...told };
    frame.show(staff, page, SAID);
  }

  const idOf = (body: unknown): CallbackId => asId<CallbackId>(parseForm(idSchema, body).id);
  const back = ({ response }: StaffRequest, said: string): void =>
    response.redirect(303, `/console/rappels?said=${said}`);

  routes.page('/rappels', 'desk:see', (staff) => show(staff));
  routes.form('/rappels/prendre', 'desk:act', async (staff) => {
    const outcome = await callbacks.claim(idOf(staff.request.body), staff.account.id);
    if (outcome.kind !== 'taken') return back(staff, outcome.kind === 'over' ? 'callback-over' : 'done');
    staff.response.status(409);
    const name = (await editorNames(parts, t))(outcome.by);
    return show(staff, t('staff-office.callbacks.taken', { name }));
  });
  routes.form('/rappels/rendre', 'desk:act', async (staff) => {
    await callbacks.release(idOf(staff.request.body), staff.account.id);
    back(staff, 'done');
  });
  routes.form('/rappels/appeler', 'desk:act', async (staff) => {
    const { kind } = await callbacks.call(idOf(staff.request.body), staff.account.id);
    if (kind === 'not-yours') return back(staff, 'callback-not-yours');
    if (kind === 'too-early') return back(staff, 'callback-early');
    back(staff, kind === 'ringing' ? 'ringing' : 'busy');
  });
  routes.form('/rappels/clore', 'desk:act', async (staff) => {
    const { id, outcome } = parseForm(doneSchema, staff.request.body);
    const ended = await callbacks.done(asId<CallbackId>(id), staff.account.id, outcome);
    back(staff, ended === 'done' ? 'done' : 'callback-not-yours');
  });
}
