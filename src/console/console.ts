import { readFileSync } from 'node:fs';
import { type Response, type Router, urlencoded } from 'express';
import helmet from 'helmet';
import { z } from 'zod';
import type { Translate } from '../../locales/translate.js';
import type { Accounts } from '../accounts/accounts.js';
import { may } from '../accounts/permissions.js';
import { ALERT_OUTCOMES } from '../handoff/alert.js';
import type { Alerts } from '../handoff/alerts.js';
import type { Desk, DeskOutcome, Operator } from '../handoff/desk.js';
import type { Clock } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import { type AlertId, asId, type ConversationId, type StaffId } from '../kernel/ids.js';
import type { ChatCodes } from '../phone-line/chat-codes.js';
import type { PhoneLine } from '../phone-line/phone-line.js';
import type { Secrets } from '../privacy/secrets.js';
import type { BilanWords } from '../reporting/bilan-words.js';
import { createStaffRoutes, type StaffRequest, type StaffRoutes } from './staff-routes.js';
import { addStatistics, type StatisticsParts } from './statistics-pages.js';
import { conversationView } from './views/conversation-view.js';
import { type DeskView, deskView } from './views/desk-view.js';
import { dutyView } from './views/duty-view.js';
import { layout, type Word } from './views/layout.js';
import { signInView } from './views/sign-in-view.js';

export interface ConsoleParts {
  accounts: Accounts;
  alerts: Alerts;
  desk: Desk;
  chatCodes: Pick<ChatCodes, 'chatOf'>;
  phoneLine: Pick<PhoneLine, 'duties' | 'setAvailable'>;
  clock: Clock;
  secrets: Secrets;
  translate: Translate;
  secureCookies: boolean;
  stores: StatisticsParts['stores'];
  bilanWords: BilanWords;
}

const REFRESH_SECONDS = 10;
const ASSETS = { 'console.css': 'css', 'console.js': 'text/javascript' } as const;

const signInSchema = z.object({ login: z.string().min(1).max(61), password: z.string().min(1).max(200) });
const replySchema = z.object({ text: z.string().trim().min(1).max(4_000) });
const dutySchema = z.object({ available: z.enum(['yes', 'no']) });
const closeSchema = z.object({ outcome: z.enum(ALERT_OUTCOMES) });
const ourId = z.string().regex(/^[\w-]{1,64}$/);

/** The staff pages. */
export function createConsole(parts: ConsoleParts): Router {
  const staff = staffRoutes(parts);
  return staff.router;
}

/** The routes with their permissions, for the console and for the test that walks them. */
export function staffRoutes(parts: ConsoleParts): StaffRoutes {
  const routes = createStaffRoutes({
    accounts: parts.accounts,
    csrfKey: parts.secrets.derive('csrf'),
    secureCookies: parts.secureCookies,
  });
  const { router } = routes;
  router.use(strictPolicy());
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  addAssets(router);
  router.use(urlencoded({ extended: false, limit: '16kb', parameterLimit: 20 }));
  addSignIn(parts, routes);
  addDesk(parts, routes);
  addDuty(parts, routes);
  addConversations(parts, routes);
  addStatistics({ ...parts, t: wordOf(parts) }, routes);
  return routes;
}

function strictPolicy() {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'connect-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false,
  });
}

function addAssets(router: Router): void {
  for (const [name, type] of Object.entries(ASSETS)) {
    const content = readFileSync(new URL(`./client/${name}`, import.meta.url), 'utf8');
    router.get(`/assets/${name}`, (_request, response) => {
      response.type(type).send(content);
    });
  }
}

const wordOf =
  ({ translate }: ConsoleParts): Word =>
  (key, params) =>
    translate('fr', `console.${key}`, params);

function addSignIn(parts: ConsoleParts, routes: StaffRoutes): void {
  const t = wordOf(parts);
  const show = (response: Response, fault = ''): void => {
    response.type('html').send(layout({ t }, signInView(t, fault)));
  };
  routes.router.get('/sign-in', (_request, response) => show(response));
  routes.router.post('/sign-in', async (request, response) => {
    const given = signInSchema.safeParse(request.body);
    const outcome = given.success
      ? await parts.accounts.signIn(given.data.login, given.data.password)
      : ({ kind: 'refused' } as const);
    if (outcome.kind === 'signed-in') {
      routes.signIn(response, outcome.token);
      const account = await parts.accounts.session(outcome.token);
      const seesDesk = account !== undefined && may(account, 'desk:see');
      response.redirect(303, seesDesk ? '/console' : '/console/permanence');
      return;
    }
    response.status(401);
    show(
      response,
      outcome.kind === 'slow-down' ? t('slow-down', { seconds: outcome.seconds }) : t('refused'),
    );
  });
  routes.form('/sign-out', 'duty:own', async ({ request, response }) => {
    await routes.signOut(request, response);
    response.redirect(303, '/console/sign-in');
  });
}

async function viewOf(parts: ConsoleParts, { account, csrf }: StaffRequest): Promise<DeskView> {
  const names = new Map((await parts.accounts.list()).map(({ id, pseudonym }) => [id, pseudonym]));
  return {
    t: wordOf(parts),
    now: parts.clock.now(),
    csrf,
    me: account.id,
    nameOf: (staff: StaffId) => names.get(staff) ?? '—',
  };
}

const noticeOf = (parts: ConsoleParts, { request }: StaffRequest): string => {
  const said = String(request.query.said ?? '');
  const known = ['done', 'lost', 'already', 'alert-open', 'ringing', 'busy', 'not-yours', 'unknown'];
  const t = wordOf(parts);
  return known.includes(said) ? t(`said.${said}`) : '';
};

function addDesk(parts: ConsoleParts, routes: StaffRoutes): void {
  routes.page('/', 'desk:see', async (staff) => {
    const view = await viewOf(parts, staff);
    const content = deskView(view, await parts.desk.list());
    const frame = {
      ...view,
      account: staff.account,
      notice: noticeOf(parts, staff),
      refresh: REFRESH_SECONDS,
    };
    staff.response.type('html').send(layout(frame, content));
  });
  /** The list alone, for the page's script. */
  routes.page('/desk', 'desk:see', async (staff) => {
    staff.response.type('html').send(deskView(await viewOf(parts, staff), await parts.desk.list()));
  });
  routes.form('/alerts/:id/acknowledge', 'desk:act', async ({ account, request, response }) => {
    const { kind } = await parts.alerts.acknowledge(idOf<AlertId>(request.params.id), account.id);
    response.redirect(303, `/console?said=${kind === 'acknowledged' ? 'done' : kind}`);
  });
  routes.form('/alerts/:id/close', 'desk:act', async ({ account, request, response }) => {
    const { outcome } = parse(closeSchema, request.body);
    const closed = await parts.alerts.close(idOf<AlertId>(request.params.id), account.id, outcome);
    if (closed.kind === 'closed') await parts.desk.alertClosed(closed.conversation);
    response.redirect(303, `/console?said=${closed.kind === 'closed' ? 'done' : closed.kind}`);
  });
}

/** Whoever may be rung says so here; a pause after missed rings is shown, and ended by switching on again. */
function addDuty(parts: ConsoleParts, routes: StaffRoutes): void {
  routes.page('/permanence', 'duty:own', async (staff) => {
    const all = await parts.phoneLine.duties();
    const own = all.find(({ responder }) => responder === staff.account.id);
    const view = await viewOf(parts, staff);
    const shown = may(staff.account, 'duty:see') ? all : [];
    const frame = { ...view, account: staff.account, notice: noticeOf(parts, staff) };
    staff.response.type('html').send(layout(frame, dutyView(view, own, shown)));
  });
  routes.form('/permanence', 'duty:own', async ({ account, request, response }) => {
    const { available } = parse(dutySchema, request.body);
    const role = account.roles.includes('psychologist') ? 'psychologist' : 'operator';
    await parts.phoneLine.setAvailable(account.id, role, available === 'yes');
    response.redirect(303, '/console/permanence?said=done');
  });
}

function addConversations(parts: ConsoleParts, routes: StaffRoutes): void {
  routes.page('/conversations/:id', 'desk:see', async (staff) => {
    const id = idOf<ConversationId>(staff.request.params.id);
    const found = await parts.desk.transcript(id);
    if (found === undefined) throw new CodedError('not-found', 'This conversation no longer exists.');
    const view = await viewOf(parts, staff);
    const chat = await parts.chatCodes.chatOf(id);
    const earlier = chat === undefined ? undefined : await parts.desk.transcript(chat);
    const frame = {
      ...view,
      account: staff.account,
      notice: noticeOf(parts, staff),
      refresh: REFRESH_SECONDS,
    };
    const content = conversationView(view, id, { ...found, earlier: earlier?.messages ?? [] });
    staff.response.type('html').send(layout(frame, content));
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
  act('claim', (id, by) => parts.desk.claim(id, by));
  act('hand-back', (id, by) => parts.desk.handBack(id, by));
  act('close', (id, by) => parts.desk.close(id, by));
  act('reply', (id, by, { request }) => parts.desk.reply(id, by, parse(replySchema, request.body).text));
}

function idOf<T extends AlertId | ConversationId>(given: unknown): T {
  return asId<T>(parse(ourId, given));
}

function parse<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new CodedError('invalid-input', 'The form is incomplete; go back and fill it in.');
  return parsed.data;
}
