import { setTimeout } from 'node:timers/promises';
import { ALL_DIALOGS } from '../dialogs/all-dialogs.js';
import { wordsFor } from '../dialogs/render.js';
import { createTakeTurn, guardedScreen } from '../dialogs/turn.js';
import type { TakeTurn } from '../dialogs/turn-types.js';
import { understoodOf } from '../dialogs/understood.js';
import { createChatNotices } from '../dialogs/waiting/chat-notices.js';
import { dayAndHour, hour } from '../dialogs/when.js';
import { loadTranslations, type Translations } from '../locales/translate.js';
import { type Audit, createAudit } from './accounts/audit.js';
import { createDeskPhones, type DeskPhones } from './accounts/desk-phones.js';
import { argon2Hasher } from './accounts/password-hasher.js';
import { createStaff, type Staff } from './accounts/staff.js';
import { type AppointmentCalls, createAppointmentCalls } from './booking/appointment-calls.js';
import { type AttendanceDesk, createAttendanceDesk } from './booking/attendance.js';
import { createBookingDesk } from './booking/booking-desk.js';
import { type BookingService, createBookingService } from './booking/booking-service.js';
import { type CalendarFeeds, createCalendarFeeds } from './booking/calendar-feeds.js';
import { createCodeHasher } from './booking/code.js';
import { createCodeBrake } from './booking/code-brake.js';
import { type Coverage, createCoverage } from './booking/coverage.js';
import { createDiaryEditor, type DiaryEditor } from './booking/diary-editor.js';
import { createPlanning, type Planning } from './booking/planning.js';
import { createReminders, type Reminders } from './booking/reminders.js';
import { createWaitingList, type WaitingList } from './booking/waiting-list.js';
import { carrierOf } from './compose/carrier-of.js';
import { deskWords } from './compose/desk-words.js';
import { appointmentLine, busyTimesOf, coordinatorsOf, withoutPaused } from './compose/line-ports.js';
import { messengerOf, textConversations, textSenderOf } from './compose/sending.js';
import type { Config } from './config.js';
import { type ChangeFeed, createLocalFeed, createSharedFeed } from './conversations/change-feed.js';
import { type Conversations, createConversations } from './conversations/conversations.js';
import { createTurnQueue, type TurnQueue } from './conversations/turn-queue.js';
import { type Adviser, createAdviser } from './directory/adviser.js';
import { createDirectoryEditor, type DirectoryEditor } from './directory/directory-editor.js';
import { loadDirectory } from './directory/load-directory.js';
import { type Alerts, createAlerts } from './handoff/alerts.js';
import { createDesk, type Desk } from './handoff/desk.js';
import { createDeskWatch, type DeskWatch } from './handoff/desk-watch.js';
import { createEscalation } from './handoff/escalation.js';
import { createHelpContacts, type HelpContacts } from './handoff/help-contacts.js';
import { createNotes, type Notes } from './handoff/notes.js';
import { createPresences, type Presences } from './handoff/presences.js';
import type { Clock } from './kernel/clock.js';
import { asId, type StaffId } from './kernel/ids.js';
import { errorFields, type Logger } from './kernel/log.js';
import type { Random } from './kernel/random.js';
import { createTexts, type Texts } from './messages/texts.js';
import { createHoursEditor, type HoursEditor } from './opening-hours/hours-editor.js';
import { loadOpeningHours } from './opening-hours/load-hours.js';
import { createOpeningTimes, type OpeningTimes } from './opening-hours/opening-times.js';
import { auditedCallbacks } from './operations/audited-callbacks.js';
import {
  auditedAlerts,
  auditedDesk,
  auditedDiary,
  auditedHelp,
  auditedNotes,
  auditedPresences,
} from './operations/audited-desk.js';
import { auditedDirectory } from './operations/audited-directory.js';
import { countedDesk } from './operations/counted-desk.js';
import { createMetrics, type Metrics, type Situation } from './operations/metrics.js';
import { situationOf } from './operations/situation.js';
import { textedDesk } from './operations/texted-desk.js';
import { type Callbacks, createCallbacks } from './phone-line/callbacks.js';
import { type CarrierRecords, createCarrierRecords } from './phone-line/carrier-records.js';
import { type ChatCodes, createChatCodes } from './phone-line/chat-codes.js';
import { createDroppedCalls, type DroppedCalls } from './phone-line/dropped-calls.js';
import { createPhoneLine, type PhoneLine } from './phone-line/phone-line.js';
import { createRosterEditor, type RosterEditor } from './phone-line/roster-editor.js';
import { createTextThreads, type TextThreads } from './phone-line/text-threads.js';
import { type CallerHasher, createCallerHasher } from './privacy/caller-hash.js';
import { type ContactVault, createContactVault } from './privacy/contact-vault.js';
import { createRecordSealer } from './privacy/record-sealer.js';
import { createSecrets, deskPhoneSealer, type Secrets, totpSealer } from './privacy/secrets.js';
import type { FactSink } from './reporting/fact.js';
import { createTally, type Tally } from './reporting/tally.js';
import { loadScreen } from './safety/load-screen.js';
import { countedStores } from './storage/counted-stores.js';
import type { Stores } from './storage/stores.js';
import { loadUnderstand } from './triage/load-understand.js';
import { type CallFlow, createCallFlow } from './voice/call-flow.js';
import { createTextBrake } from './voice/text-brake.js';
import { createTextFlow, type TextFlow } from './voice/text-flow.js';

/** What comes from outside the process. */
export interface Surroundings {
  config: Config;
  clock: Clock;
  random: Random;
  log: Logger;
  stores: Stores;
  /** Origin of this service, known once it listens. */
  publicUrl: () => string;
}

/** The parts of the service, joined; nothing is started. */
export interface Service extends Staff {
  config: Config;
  log: Logger;
  random: Random;
  secrets: Secrets;
  translations: Translations;
  takeTurn: TakeTurn;
  turns: TurnQueue;
  conversations: Conversations;
  alerts: Alerts;
  desk: Desk;
  deskWatch: DeskWatch;
  notes: Notes;
  presences: Presences;
  help: HelpContacts;
  adviser: Adviser;
  facts: FactSink;
  audit: Audit;
  booking: BookingService;
  planning: Planning;
  diaryEditor: DiaryEditor;
  coverage: Coverage;
  rosterEditor: RosterEditor;
  publicUrl: () => string;
  calendars: CalendarFeeds;
  openingTimes: OpeningTimes;
  hoursEditor: HoursEditor;
  directoryEditor: DirectoryEditor;
  reminders: Reminders;
  texts: Texts;
  waiting: WaitingList;
  attendance: AttendanceDesk;
  appointmentCalls: AppointmentCalls;
  phoneLine: PhoneLine;
  deskPhones: DeskPhones;
  carrierRecords: CarrierRecords;
  chatCodes: ChatCodes;
  droppedCalls: DroppedCalls;
  callFlow: CallFlow;
  callbacks: Callbacks;
  textLine: TextFlow;
  textThreads: TextThreads;
  contacts: ContactVault;
  callerHasher: CallerHasher;
  feed: ChangeFeed;
  stores: Stores;
  tally: Tally;
  metrics: Metrics;
  situation: () => Promise<Situation>;
}

export async function compose(surroundings: Surroundings): Promise<Service> {
  const { config, clock, random, log } = surroundings;
  const tally = createTally({ clock, log, store: surroundings.stores.counts });
  const situation = () => situationOf({ alerts, conversations, phoneLine, stores, clock });
  const metrics = createMetrics({
    token: config.metricsToken,
    situation,
  });
  const facts: FactSink = {
    record: (happened) => {
      tally.record(happened);
      metrics.facts.record(happened);
    },
  };
  const stores = countedStores(surroundings.stores, facts, clock);
  const secrets = createSecrets({ current: config.secretKey, previous: config.secretKeyPrevious, random });
  const feed =
    config.mongoUri === undefined
      ? createLocalFeed(log, clock.now().toString(36))
      : await createSharedFeed(stores.events, log);
  const contacts = createContactVault({ clock, random, secrets, store: stores.vault });
  const sealer = createRecordSealer({ clock, random, secrets, store: stores.recordKeys });
  const audit = createAudit({ clock, store: stores.audit });
  const notes = auditedNotes(
    audit,
    createNotes({
      ...{ clock, random, sealer, store: stores.notes },
      changed: (conversation) => feed.publish({ kind: 'conversation-changed', conversation }),
    }),
  );
  const conversations = createConversations({
    clock,
    random,
    store: stores.conversations,
    sealer,
    contacts: {
      async withdrawAll(conversation) {
        await contacts.withdrawAll(conversation);
        await notes.removeOf(conversation);
      },
    },
    feed,
  });
  const alerts = auditedAlerts(
    audit,
    createAlerts({
      clock,
      random,
      store: stores.alerts,
      changed: (conversation) => feed.publish({ kind: 'alert-changed', conversation }),
    }),
  );
  const presences = auditedPresences(
    audit,
    createPresences({
      ...{ clock, store: stores.presences },
      changed: () => feed.publish({ kind: 'presence-changed' }),
    }),
  );
  const help = auditedHelp(audit, createHelpContacts({ clock, alerts: stores.alerts, vault: contacts }));
  const translations = loadTranslations();
  const staff = createStaff({
    clock,
    random,
    stores,
    audit,
    hasher: argon2Hasher,
    sealer: totpSealer(secrets),
  });
  const { accounts } = staff;
  const carrier = carrierOf(config.twilio, {
    ...{ accounts, secrets, contacts, log },
    publicUrl: surroundings.publicUrl,
  });
  const deskPhones = createDeskPhones({
    ...{ clock, random, audit, carrier, accounts: stores.accounts },
    sealer: deskPhoneSealer(secrets),
    codeKey: secrets.derive('desk-code'),
  });
  const carrierRecords = createCarrierRecords({
    clock,
    random,
    secrets,
    store: stores.erasures,
    erasure: carrier,
  });
  const textThreads = createTextThreads({
    ...{ clock, contacts, store: stores.textThreads, key: secrets.derive('text-thread') },
    isOpen: async (id) => {
      const owner = (await conversations.head(id))?.owner;
      return owner !== undefined && owner.kind !== 'closed';
    },
  });
  const messenger = messengerOf(config, { log, carrierRecords, textThreads });
  const texts = createTexts({ clock, store: stores.texts, contacts, messenger });
  const reminders = createReminders({
    ...{ clock, random, contacts, store: stores.reminders, bookings: stores.bookings },
    messenger,
    words: async ({ language, start, site }) => {
      const { zone } = (await booking.site(site)) ?? { zone: 'Europe/Paris' };
      return {
        subject: translations.written(language, 'reminder.subject'),
        text: translations.written(language, 'reminder.text', { when: dayAndHour(language, zone, start) }),
      };
    },
  });
  const brake = createCodeBrake({ clock, wait: (ms) => setTimeout(ms), store: stores.codePace });
  const booking = createBookingService({
    clock,
    random,
    codeKey: config.codeKey,
    store: stores.bookings,
    diary: stores.diary,
    brake,
    changed: async (id) => {
      await reminders.follow(id);
      await appointmentCalls.follow(id);
      await waiting.holdFreed();
    },
  });
  const waiting = createWaitingList({
    ...{ clock, random, codeKey: config.codeKey, contacts, store: stores.waiting },
    ...{ bookings: stores.bookings, diary: stores.diary },
    brake,
    messenger,
    chats: createChatNotices({ clock, conversations, takeTurn: (input) => toldByText(input) }),
    words: ({ language, zone, start, until }) => {
      const params = { when: dayAndHour(language, zone, start), until: hour(language, zone, until) };
      const number = config.lineNumber;
      return {
        subject: translations.written(language, 'waiting.message.subject'),
        text: translations.written(
          language,
          number === '' ? 'waiting.message.text' : 'waiting.message.text-number',
          { ...params, number },
        ),
      };
    },
  });
  const phoneLine = createPhoneLine({
    clock,
    random,
    duties: stores.duties,
    requests: stores.lineRequests,
    roster: stores.roster,
    busyTimes: withoutPaused({ presences, clock }, busyTimesOf(stores, clock)),
    notices: {
      async paused(_responder, role) {
        log.warn('a responder was paused after two missed rings', { part: 'phone-line', kind: role });
        const [coordinator] = await coordinatorsOf(accounts);
        if (coordinator !== undefined) await carrier.notify({ responder: coordinator, notice: 'paused' });
      },
    },
    trouble: (what, error) =>
      log.error('the line goes on without it', { part: 'phone-line', kind: what, ...errorFields(error) }),
    carrier,
  });
  const appointmentCalls = createAppointmentCalls({
    ...{ clock, random, contacts, store: stores.appointmentCalls, bookings: stores.bookings },
    line: appointmentLine(phoneLine, carrier),
  });
  const callbacks = auditedCallbacks(
    audit,
    createCallbacks({
      ...{ clock, random, contacts, carrier, line: phoneLine, store: stores.callbacks },
      key: secrets.derive('callback'),
      happened: (step) => facts.record([{ kind: 'callback', step }]),
    }),
  );
  const chatCodes = createChatCodes({
    clock,
    random,
    key: secrets.derive('chat-code'),
    store: stores.chatCodes,
  });
  const shippedHours = loadOpeningHours();
  const openingTimes = createOpeningTimes({
    ...{ clock, shipped: shippedHours, store: stores.hours },
    trouble: (error) => log.error('opening hours could not be read', errorFields(error)),
  });
  const callerHasher = createCallerHasher({ clock, random, keys: stores.dailyKeys });
  const turns = createTurnQueue();
  const directory = loadDirectory();
  const adviser = createAdviser({
    clock,
    shipped: directory,
    edits: stores.directoryEdits,
    gaps: stores.directoryGaps,
  });
  const takeTurn = createTakeTurn({
    clock,
    conversations,
    queue: turns,
    screen: guardedScreen(loadScreen(log), log),
    alerts,
    help,
    dialogs: ALL_DIALOGS,
    services: {
      understand: loadUnderstand(log),
      booking,
      adviser,
      reminders,
      texts: {
        ...texts,
        written: (language, lines) =>
          lines.map((line) => wordsFor(translations, 'sms', language).say(line)).join('\n'),
      },
      waiting,
      ...(config.twilio?.callsOut === true ? { appointmentCalls } : {}),
      ...(config.twilio === undefined ? {} : { callbacks }),
      hours: openingTimes,
      line: { ...phoneLine, ...chatCodes },
      lineNumber: config.lineNumber,
    },
    translations,
    facts,
    log,
  });
  const callFlow = createCallFlow({
    takeTurn,
    phoneLine,
    calls: appointmentCalls,
    callbacks,
    translations,
    suicideLine: config.suicideLineDial !== '',
    conversations: {
      openCall: async (id, language = 'fr') => {
        await conversations.open({ channel: 'phone', language, id });
      },
      status: async (id) => {
        const head = await conversations.head(id);
        return head?.owner.kind === 'closed' ? undefined : head;
      },
    },
  });
  const textLine = createTextFlow({
    takeTurn,
    threads: textThreads,
    conversations: textConversations(conversations),
    sender: textSenderOf(config, { log, carrierRecords }),
    brake: createTextBrake(clock),
  });
  /** What the service says of its own accord, to who wrote by text too. */
  const toldByText: TakeTurn = async (input) => {
    const result = await takeTurn(input);
    await textLine.deliver(input.conversation);
    return result;
  };
  const writtenDesk = countedDesk(
    { clock, conversations, facts },
    auditedDesk(
      audit,
      createDesk({
        clock,
        conversations,
        alerts,
        words: deskWords(translations),
        understood: understoodOf,
        resume: async (conversation, epoch) => {
          await takeTurn({ conversation, key: `handed-back-${epoch}`, kind: 'handed-back', text: '' });
        },
        bringIn: (staff, conversation) => phoneLine.bringIn(staff, conversation),
      }),
    ),
  );
  const planning = createPlanning({ clock, store: stores.bookings, diary: stores.diary });
  const desk = textedDesk(textLine, log, writtenDesk);
  const deskWatch = createDeskWatch({
    ...{ clock, conversations, alerts, presences, desk },
    escalation: createEscalation({
      operators: async () => (await phoneLine.free('operator')).map((id) => asId<StaffId>(id)),
      coordinators: () => coordinatorsOf(accounts),
      ring: (staff) => carrier.notify({ responder: staff, notice: 'alert' }),
    }),
  });
  return {
    config,
    log,
    random,
    secrets,
    translations,
    takeTurn,
    turns,
    conversations,
    alerts,
    desk,
    ...staff,
    deskWatch,
    notes,
    presences,
    help,
    adviser,
    facts,
    audit,
    booking,
    planning,
    publicUrl: surroundings.publicUrl,
    coverage: createCoverage({ diary: stores.diary, bookings: stores.bookings, booking }),
    rosterEditor: createRosterEditor({
      ...{ random, store: stores.roster },
      changed: (by, on) => audit.record({ by, act: 'roster-changed', on }),
    }),
    diaryEditor: createDiaryEditor({
      ...{ clock, random, planning, diary: stores.diary, bookings: stores.bookings },
      changed: auditedDiary(audit),
    }),
    calendars: createCalendarFeeds({
      ...{ clock, random, store: stores.feeds, bookings: stores.bookings, diary: stores.diary },
    }),
    openingTimes,
    directoryEditor: auditedDirectory(
      audit,
      createDirectoryEditor({ clock, shipped: directory.services, store: stores.directoryEdits }),
    ),
    hoursEditor: createHoursEditor({
      ...{ clock, shipped: shippedHours, store: stores.hours },
      changed: (by, { service, territory }) =>
        audit.record({ by, act: 'opening-hours-changed', on: `${service}:${territory}` }),
    }),
    reminders,
    texts,
    waiting,
    appointmentCalls,
    attendance: createAttendanceDesk({
      ...{ clock, store: stores.bookings, hashOf: createCodeHasher(config.codeKey) },
      desk: createBookingDesk({ clock, store: stores.bookings, diary: stores.diary }),
    }),
    phoneLine,
    deskPhones,
    carrierRecords,
    chatCodes,
    droppedCalls: createDroppedCalls({ clock, hasher: callerHasher, store: stores.droppedCalls }),
    callFlow,
    callbacks,
    textLine,
    textThreads,
    contacts,
    callerHasher,
    feed,
    stores,
    tally,
    metrics,
    situation,
  };
}
