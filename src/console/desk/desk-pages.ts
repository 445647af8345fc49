import { z } from 'zod';
import { may } from '../../accounts/permissions.js';
import { DESK_FILTERS, staffOf } from '../../handoff/desk-list.js';
import { MINUTE } from '../../kernel/clock.js';
import type { ConversationId } from '../../kernel/ids.js';
import { type ConsoleFrame, parseForm } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { addBeat } from './beat-page.js';
import { DESK_SAID, type DeskParts, idOf, rowViewOf } from './desk-parts.js';
import { openEventStream } from './event-stream.js';
import { type DeskFrame, deskFrame, inboxView } from './inbox-view.js';
import { createLiveDesk } from './live-desk.js';
import { peopleView, shiftView } from './people-view.js';
import { rowView } from './row-view.js';

export type { DeskParts } from './desk-parts.js';

/** Without a script the page looks again so often; that also shows that somebody is there. */
const REFRESH_SECONDS = 5;
export const DESK_PAGE = {
  wide: true,
  refresh: REFRESH_SECONDS,
  scripts: ['desk.js'],
  styles: ['desk.css'],
} as const;
const SESSION_LOOKED_AT_EVERY = MINUTE;

const listSchema = z.object({
  filter: z.enum(DESK_FILTERS).catch('all'),
  page: z.coerce.number().int().min(1).max(1_000).catch(1),
});
const hereSchema = z.object({ viewing: z.string().max(64).optional() });
const nameSchema = z.object({ pseudonym: z.string().trim().min(2).max(30) });

/** The list of conversations, who is at the desk, and what changes, told as it happens. */
export function addDesk(parts: DeskParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { presences } = parts;
  routes.page('/', 'desk:own', async (staff) => {
    const content = await deskContent(parts, frame, staff, { vital: '', talk: emptyTalk(frame), panel: '' });
    frame.show(staff, { ...DESK_PAGE, content }, DESK_SAID);
  });
  /** The list alone, for a page that was away too long. */
  routes.page('/desk', 'desk:own', async (staff) => {
    const desk = await deskFrameOf(parts, frame, staff);
    const list = await parts.desk.page({ ...listAsked(staff), me: staff.account.id });
    staff.response.set('X-Desk-Position', desk.position).type('html').send(inboxView(desk, list));
  });
  addLive(parts, frame, routes);
  addBeat(parts, routes);
  routes.form('/desk/here', 'desk:own', async ({ account, request, response }) => {
    const { viewing } = parseForm(hereSchema, request.body);
    await presences.beat(account, viewingOf(viewing));
    response.status(204).end();
  });
  routes.form('/desk/name', 'desk:own', async ({ account, request, response }) => {
    const { pseudonym } = parseForm(nameSchema, request.body);
    const outcome = await presences.rename(account, pseudonym);
    response.redirect(303, `/console?said=${outcome === 'taken' ? 'name-taken' : 'done'}`);
  });
  for (const change of ['pause', 'resume'] as const)
    routes.form(`/desk/${change}`, 'desk:own', async ({ account, response }) => {
      await presences[change](account);
      response.redirect(303, '/console?said=done');
    });
}

function addLive(parts: DeskParts, { t }: ConsoleFrame, routes: StaffRoutes): void {
  const { feed, log, clock, presences } = parts;
  const live = createLiveDesk({
    feed,
    log,
    row: async (conversation) => {
      const row = await parts.desk.row(conversation);
      if (row === undefined) return { html: '', of: [] };
      return { html: rowView(await rowViewOf(parts, t), row), of: staffOf(row) };
    },
    people: async () => peopleView(t, await presences.there(), clock.now()),
  });
  parts.stopping?.addEventListener('abort', () => live.close());
  routes.page('/events', 'desk:own', async ({ account, request, response, stillAllowed }) => {
    const stream = openEventStream(response);
    const timer = setInterval(() => {
      void stillAllowed().then(
        (allowed) => allowed || stream.end(),
        () => stream.end(),
      );
    }, SESSION_LOOKED_AT_EVERY);
    stream.onClose(() => clearInterval(timer));
    const from = request.get('last-event-id') ?? String(request.query.from ?? '');
    await live.join(stream, from.slice(0, 64), may(account, 'desk:see') ? undefined : account.id);
  });
}

/** Whoever may not see the desk sees what is theirs. */
function listAsked({ account, request }: Pick<StaffRequest, 'account' | 'request'>) {
  const { filter, page } = listSchema.parse(request.query);
  return { filter: may(account, 'desk:see') ? filter : ('mine' as const), page };
}

/** Left out: a page in the background. '' : the list. */
const viewingOf = (given: string | undefined): ConversationId | null | undefined => {
  if (given === undefined) return undefined;
  return given === '' ? null : idOf<ConversationId>(given);
};

const emptyTalk = ({ t }: ConsoleFrame): string => `<p class="empty">${t('staff-desk.choose-one')}</p>`;

async function deskFrameOf(
  parts: DeskParts,
  { t }: ConsoleFrame,
  { account, csrf, request }: StaffRequest,
  viewing?: ConversationId,
): Promise<DeskFrame> {
  const { filter } = listAsked({ account, request });
  return {
    view: await rowViewOf(parts, t),
    me: account.id,
    csrf,
    filter,
    position: parts.feed.position(),
    ...(viewing === undefined ? {} : { viewing }),
  };
}

/** The desk around whatever is read. */
export async function deskContent(
  parts: DeskParts,
  frame: ConsoleFrame,
  staff: StaffRequest,
  shown: { vital: string; talk: string; panel: string; viewing?: ConversationId },
): Promise<string> {
  const { account, csrf } = staff;
  const mine = await parts.presences.beat(account, shown.viewing ?? null);
  const desk = await deskFrameOf(parts, frame, staff, shown.viewing);
  const list = await parts.desk.page({ ...listAsked(staff), me: account.id });
  const people = await parts.presences.there();
  const shift = shiftView(frame.t, { csrf, me: account.id, mine, people, now: parts.clock.now() });
  return deskFrame(desk, { ...shown, shift, list });
}
