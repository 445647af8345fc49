import { z } from 'zod';
import type { Account } from '../../accounts/account.js';
import { may } from '../../accounts/permissions.js';
import { HAND_BACKS } from '../../conversations/conversation.js';
import type { Operator } from '../../handoff/desk.js';
import { type DeskEntry, isMine } from '../../handoff/desk-list.js';
import { ORIENTATIONS, OUTCOMES } from '../../handoff/outcome.js';
import { isPaused } from '../../handoff/presences.js';
import { CodedError } from '../../kernel/errors.js';
import type { ConversationId, StaffId } from '../../kernel/ids.js';
import { type ConsoleFrame, parseForm } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { addAlerts } from './alert-pages.js';
import { addCalls } from './call-pages.js';
import { type Talk, talkView } from './conversation-view.js';
import { type CustomerTexts, createCustomerTexts } from './customer-texts.js';
import { DESK_PAGE, deskContent } from './desk-pages.js';
import { DESK_SAID, type DeskParts, idOf, operatorOf, talkViewOf } from './desk-parts.js';
import { type PanelParts, panelView } from './panel-view.js';
import { createSideDesk, type SideDesk } from './side-desk.js';
import { addTools, toolOf } from './tool-pages.js';
import type { ToolState } from './tool-view.js';
import { type VitalParts, vitalCard } from './vital-view.js';

const replySchema = z.object({ text: z.string().trim().min(1).max(4_000) });
const noteSchema = z.object({ text: z.string().trim().min(1).max(2_000) });
const nextSchema = z.object({ next: z.enum(HAND_BACKS) });
const closingSchema = z.object({ outcome: z.enum(OUTCOMES), orientation: z.enum(ORIENTATIONS) });

/** One conversation: reading it, taking it, answering, passing it on, giving it back. */
export function addConversations(parts: DeskParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { desk, notes } = parts;
  const texts = createCustomerTexts({ dataDir: parts.config.dataDir, log: parts.log });
  const shown: Shown = { parts, frame, texts, side: createSideDesk(parts) };
  routes.page('/conversations/:id', 'desk:own', (staff) =>
    showConversation(shown, staff, idOf<ConversationId>(staff.request.params.id)),
  );
  const act = (
    path: string,
    action: (id: ConversationId, by: Operator, staff: StaffRequest) => Promise<{ kind: string }>,
    permission: 'desk:own' | 'desk:act' = 'desk:own',
  ) =>
    routes.form(`/conversations/:id/${path}`, permission, async (staff) => {
      const id = idOf<ConversationId>(staff.request.params.id);
      const { kind } = await action(id, await operatorOf(parts, staff.account), staff);
      staff.response.redirect(303, `/console/conversations/${id}?said=${kind}`);
    });
  act('claim', (id, by) => desk.claim(id, by), 'desk:act');
  act('hand-back', (id, by, { request }) => desk.handBack(id, by, parseForm(nextSchema, request.body).next));
  act('close', (id, by, { request }) => desk.close(id, by, parseForm(closingSchema, request.body)));
  act('reply', (id, by, { request }) => desk.reply(id, by, parseForm(replySchema, request.body).text));
  act('offer', async (id, by, { request }) => {
    const to = idOf<StaffId>(request.body?.to);
    return (await isThere(parts, to)) ? desk.offer(id, by, to) : { kind: 'away' };
  });
  act('accept', (id, by) => desk.acceptOffer(id, by));
  act('decline', (id, by) => desk.endOffer(id, by.id));
  act('note', async (id, { id: by, pseudonym }, { account, request }) => {
    const { text } = parseForm(noteSchema, request.body);
    const row = await desk.row(id);
    if (row === undefined) return { kind: 'unknown' };
    mustSee(account, row);
    const outcome = await notes.add(id, { staff: by, by: pseudonym, text });
    return { kind: outcome === 'added' ? 'done' : outcome };
  });
  addAlerts(shown, routes);
  addTools(shown, routes);
  addCalls(parts, routes);
}

async function isThere({ presences, clock }: DeskParts, staff: StaffId): Promise<boolean> {
  const found = (await presences.there()).find((one) => one.staff === staff);
  return found !== undefined && !isPaused(found, clock.now());
}

export interface Shown {
  parts: DeskParts;
  frame: ConsoleFrame;
  texts: CustomerTexts;
  side: SideDesk;
}

/** What an action shows in its own answer, and nowhere else. */
interface Extra extends Pick<VitalParts, 'revealed'> {
  tool?: ToolState;
  say?: string;
}

/** The desk with one conversation open. */
export async function showConversation(
  shown: Shown,
  staff: StaffRequest,
  id: ConversationId,
  extra: Extra = {},
): Promise<void> {
  const { parts, frame } = shown;
  const panel = await panelParts(shown, staff, id, extra);
  const view = await talkViewOf(parts, frame.t, staff);
  const content = await deskContent(parts, frame, staff, {
    vital: panel.vital === undefined ? '' : vitalCard(view, panel.vital),
    talk: talkView(view, panel.talk),
    panel: panelView(view, panel),
    viewing: id,
  });
  const { refresh, ...page } = DESK_PAGE;
  const title = frame.t('console.conversation');
  frame.show(staff, { ...page, ...(writes(panel, staff) ? {} : { refresh }), title, content }, DESK_SAID);
}

/** Psychologists see what was passed to them, and nothing else of the desk. */
function mustSee(account: Account, entry: DeskEntry): void {
  if (may(account, 'desk:see') || isMine(entry, account.id)) return;
  throw new CodedError('forbidden', 'This conversation was not passed to you.');
}

const psychologistsOf = async ({ accounts }: DeskParts): Promise<ReadonlySet<StaffId>> =>
  new Set((await accounts.list()).filter(({ roles }) => roles.includes('psychologist')).map(({ id }) => id));

/** A page in which somebody writes does not reload by itself. */
const writes = ({ talk }: PanelParts, { account }: StaffRequest): boolean =>
  talk.entry.head?.owner.kind === 'operator' && talk.entry.head.owner.staff === account.id;

/** @throws CodedError `not-found` when neither the words nor an alert are there */
async function panelParts(
  { parts, texts, side }: Shown,
  staff: StaffRequest,
  id: ConversationId,
  { revealed, tool, say = '' }: Extra,
): Promise<PanelParts> {
  const { desk, alerts, presences, notes, chatCodes, clock } = parts;
  const found = await desk.transcript(id);
  const alert = await alerts.of(id);
  if (found === undefined && alert === undefined)
    throw new CodedError('not-found', 'This conversation no longer exists.');
  mustSee(staff.account, found?.entry ?? { head: undefined, alert });
  await parts.audit.record({ by: staff.account.id, act: 'transcript-read', on: id });
  const chat = await chatCodes.chatOf(id);
  if (chat !== undefined)
    await parts.audit.record({ by: staff.account.id, act: 'transcript-read', on: chat });
  const earlier = chat === undefined ? [] : ((await desk.transcript(chat))?.messages ?? []);
  const { pseudonym } = await operatorOf(parts, staff.account);
  const canned = await texts.canned(found?.entry.head?.language ?? 'fr', {
    prenom: pseudonym,
    ligne: parts.config.lineNumber,
  });
  const talk: Talk = {
    ...(found ?? { entry: { head: undefined, alert }, messages: [], understood: {} }),
    id,
    notes: found === undefined ? [] : await notes.of(id),
    earlier,
    canned,
    draft: canned.find(({ id: name }) => name === staff.request.query.canned)?.text ?? '',
  };
  const now = clock.now();
  const colleagues = (await presences.there()).filter((person) => !isPaused(person, now));
  const shown = revealed === undefined ? {} : { revealed };
  const vital = alert && { alert, procedure: await texts.procedure(), ...shown };
  const opened = tool ?? (await toolOf(side, staff.request.query, talk.understood));
  const call = talk.entry.head?.channel === 'phone' ? await parts.phoneLine.talk(id) : undefined;
  const tools = may(staff.account, 'desk:act');
  const psychologists = await psychologistsOf(parts);
  return { talk, vital, colleagues, psychologists, call, tool: opened, say, tools };
}
