import type { AppointmentCalls } from '../src/booking/appointment-calls.js';
import type { BookingService } from '../src/booking/booking-service.js';
import type { Reminders } from '../src/booking/reminders.js';
import type { WaitingList } from '../src/booking/waiting-list.js';
import type { Language } from '../src/conversations/conversation.js';
import type { Adviser } from '../src/directory/adviser.js';
import type { ConversationId, LineRequestId } from '../src/kernel/ids.js';
import type { Texts } from '../src/messages/texts.js';
import type { OpeningTimes } from '../src/opening-hours/opening-times.js';
import type { Callbacks } from '../src/phone-line/callbacks.js';
import type { LineReason, Wish } from '../src/phone-line/line.js';
import type { Understand } from '../src/triage/understand.js';
import type { Say } from './dialog.js';

/** The immediate line, as the dialogs need it. */
export interface LineDesk {
  /** Puts the caller in line; the same request comes back while it lives. */
  request(conversation: ConversationId, reason: LineReason, wish?: Wish): Promise<LineRequestId>;
  /** The caller no longer waits; a request that has ended already is no error. */
  leave(request: LineRequestId): Promise<void>;
  /** Six digits that lead a call to this chat (`useCode`), for thirty minutes. */
  giveCode(chat: ConversationId): Promise<string>;
  useCode(code: string, call: ConversationId): Promise<'joined' | 'unknown'>;
  /** This call goes on from an earlier one: whoever answers may read what was said there. */
  joinEarlier(call: ConversationId, earlier: ConversationId): Promise<void>;
  /** How many people could be rung now for such a wish. */
  onDuty(wish?: Wish): Promise<{ psychologists: number; operators: number }>;
}

/** What the dialogs may call. */
export interface DialogServices {
  understand: Understand;
  booking: BookingService;
  /** Absent: no reminder is offered. */
  reminders?: Pick<Reminders, 'ways' | 'ask' | 'has' | 'withdraw'>;
  /** What callers asked to receive by SMS. Absent: it is not offered. */
  texts?: Pick<Texts, 'offered' | 'ask'> & {
    /** The text itself, a line each. */
    written(language: Language, lines: readonly Say[]): string;
  };
  /** Absent: the service calls nobody. */
  appointmentCalls?: Pick<AppointmentCalls, 'ask' | 'has' | 'withdraw'>;
  /** Absent: nobody waits for a time. */
  waiting?: Pick<WaitingList, 'ways' | 'join' | 'find' | 'state' | 'accept' | 'decline' | 'leave'>;
  /** Absent: nobody can be called back. */
  callbacks?: Pick<Callbacks, 'ask' | 'withdraw'>;
  adviser: Adviser;
  /** When the people of the line answer; it never rejects. */
  hours: OpeningTimes;
  line: LineDesk;
  /** The line's number as callers dial it; '' when there is none yet. */
  lineNumber: string;
}
