import type { Booking, SiteKind } from '../booking/booking.js';
import type { BookingStore } from '../booking/booking-store.js';
import type { DiaryStore } from '../booking/diary-store.js';
import { isWaitingHolder, type WaitingStore } from '../booking/waiting-store.js';
import type { ConversationStore } from '../conversations/conversation-store.js';
import { alarmOf } from '../handoff/alert.js';
import type { AlertStore } from '../handoff/alert-store.js';
import type { Clock, Instant } from '../kernel/clock.js';
import { SECOND } from '../kernel/clock.js';
import type { LineRequest } from '../phone-line/line.js';
import type { DutyStore, LineRequestStore } from '../phone-line/line-store.js';
import type { Fact, FactSink, SupportPlace } from '../reporting/fact.js';
import type { Stores } from './stores.js';

/**
 * The same stores, which tell what has happened. A fact arises where the one conditional write that decides it
 * has won, so that a request that comes twice is counted once, and no part has to remember to count.
 */
export function countedStores(stores: Stores, facts: FactSink, clock: Clock): Stores {
  return {
    ...stores,
    conversations: countedConversations(stores.conversations, facts),
    bookings: countedBookings(stores, facts),
    waiting: countedWaiting(stores.waiting, facts),
    lineRequests: countedLineRequests(stores, facts),
    alerts: countedAlerts(stores.alerts, facts, clock),
  };
}

function countedConversations(store: ConversationStore, facts: FactSink): ConversationStore {
  return {
    ...store,
    async create(head, messages) {
      const outcome = await store.create(head, messages);
      if (outcome === 'created') facts.record([{ kind: 'contact-opened', channel: head.channel }]);
      return outcome;
    },
  };
}

/** A confirmation that comes again finds the booking confirmed, and is not counted. */
function countedBookings({ bookings, diary }: Stores, facts: FactSink): BookingStore {
  return {
    ...bookings,
    async confirm(id, now) {
      const before = await bookings.get(id);
      const outcome = await bookings.confirm(id, now);
      if (outcome !== 'confirmed' || before?.status !== 'held') return outcome;
      facts.record([{ kind: 'booked', place: await placeOf(diary, before), session: before.session }]);
      if (isWaitingHolder(before.heldBy)) facts.record([{ kind: 'waiting', step: 'taken' }]);
      return outcome;
    },
    async cancel(id) {
      const outcome = await bookings.cancel(id);
      if (outcome === 'cancelled') facts.record([{ kind: 'booking-cancelled' }]);
      return outcome;
    },
  };
}

/** Where an appointment is held, as the bilan tells it: a call from a section is a telephone appointment. */
export async function placeOf(
  diary: Pick<DiaryStore, 'read'>,
  { mode, site }: Pick<Booking, 'mode' | 'site'>,
): Promise<SupportPlace> {
  if (mode === 'telephone') return 'telephone';
  const kind: SiteKind = (await diary.read()).sites.find(({ id }) => id === site)?.kind ?? 'eae';
  return kind;
}

function countedWaiting(store: WaitingStore, facts: FactSink): WaitingStore {
  return {
    ...store,
    async save(entry) {
      const before = entry.offer === null ? undefined : await store.get(entry.codeHash);
      const outcome = await store.save(entry);
      if (outcome === 'conflict') return outcome;
      if (entry.version === 1) facts.record([{ kind: 'waiting', step: 'joined' }]);
      if (entry.offer !== null && before?.offer === null)
        facts.record([{ kind: 'waiting', step: 'offered' }]);
      return outcome;
    },
  };
}

function countedLineRequests({ lineRequests, duties }: Stores, facts: FactSink): LineRequestStore {
  return {
    ...lineRequests,
    async save(request) {
      const before = await lineRequests.get(request.id);
      const outcome = await lineRequests.save(request);
      if (outcome === 'saved') facts.record(await lineFacts(duties, before, request));
      return outcome;
    },
  };
}

async function lineFacts(
  duties: DutyStore,
  before: LineRequest | undefined,
  { reason, openedAt, state }: LineRequest,
): Promise<Fact[]> {
  const was = before?.state.kind;
  // Nobody waited: a caller was talking with the bot, or had asked to be called.
  if (reason === 'callback' || (reason === 'take-over' && state.kind === 'ended')) return [];
  if (state.kind === 'accepted' && was !== 'accepted') {
    const by = (await duties.get(state.responder))?.role ?? 'operator';
    return [{ kind: 'call-answered', by, reason, seconds: secondsBetween(openedAt, state.at) }];
  }
  const unanswered = state.kind === 'ended' && (was === 'waiting' || was === 'ringing');
  if (!unanswered || state.because === 'done') return [];
  return [{ kind: 'call-unanswered', because: state.because }];
}

function countedAlerts(store: AlertStore, facts: FactSink, clock: Clock): AlertStore {
  return {
    ...store,
    async open(alert) {
      const outcome = await store.open(alert);
      if (outcome.kind === 'opened') facts.record([{ kind: 'alert-opened', at: clock.now() }]);
      return outcome;
    },
    async save(alert) {
      const before = alert.state.kind === 'acknowledged' ? await store.get(alert.id) : undefined;
      const outcome = await store.save(alert);
      // Somebody else may have it later: only the first answer after the alarm is counted.
      if (outcome === 'saved' && alert.state.kind === 'acknowledged' && before?.state.kind === 'open')
        facts.record([
          { kind: 'alert-acknowledged', seconds: secondsBetween(alarmOf(alert).since, alert.state.at) },
        ]);
      if (outcome === 'saved' && alert.state.kind === 'closed')
        facts.record([{ kind: 'alert-closed', outcome: alert.state.outcome }]);
      return outcome;
    },
  };
}

const secondsBetween = (from: Instant, to: Instant): number => Math.max(0, (to - from) / SECOND);
