import { z } from 'zod';
import type { Account } from '../../accounts/account.js';
import type { Accounts } from '../../accounts/accounts.js';
import type { Audit } from '../../accounts/audit.js';
import type { ChangeFeed } from '../../conversations/change-feed.js';
import type { Alerts } from '../../handoff/alerts.js';
import type { Desk, Operator } from '../../handoff/desk.js';
import type { HelpContacts } from '../../handoff/help-contacts.js';
import type { Notes } from '../../handoff/notes.js';
import type { Presences } from '../../handoff/presences.js';
import type { Clock } from '../../kernel/clock.js';
import { type AlertId, asId, type ConversationId, type StaffId } from '../../kernel/ids.js';
import type { Logger } from '../../kernel/log.js';
import type { ChatCodes } from '../../phone-line/chat-codes.js';
import type { PhoneLine } from '../../phone-line/phone-line.js';
import { parseForm } from '../frame.js';
import type { Word } from '../layout.js';
import type { StaffRequest } from '../staff-routes.js';
import type { TalkView } from './conversation-view.js';
import type { RowView } from './row-view.js';
import type { SideDeskParts } from './side-desk.js';

/** What the desk needs of the service. */
export interface DeskParts {
  accounts: Pick<Accounts, 'list'>;
  audit: Pick<Audit, 'record'>;
  alerts: Alerts;
  desk: Desk;
  notes: Notes;
  presences: Presences;
  help: HelpContacts;
  phoneLine: Pick<PhoneLine, 'talk' | 'transfer' | 'stepOut'>;
  chatCodes: Pick<ChatCodes, 'chatOf'>;
  booking: SideDeskParts['booking'];
  adviser: SideDeskParts['adviser'];
  conversations: SideDeskParts['conversations'];
  facts: SideDeskParts['facts'];
  translate: SideDeskParts['translate'];
  clock: Clock;
  feed: ChangeFeed;
  log: Logger;
  config: { dataDir: string; lineNumber: string };
  /** Ends the answers that go on for hours. */
  stopping?: AbortSignal;
}

/** What an action may lead to: `console.said.<code>`. */
export const DESK_SAID = [
  ...(['done', 'lost', 'already', 'alert-open', 'by-phone', 'not-yours', 'unknown'] as const),
  ...(['offer-over', 'name-taken', 'full', 'away', 'ringing', 'busy', 'slot-taken', 'not-mine'] as const),
  ...(['call-ringing', 'call-not-yours', 'call-already', 'call-nobody', 'call-alone'] as const),
];

/** Names people have at the desk now, else the one of their account. */
export async function namesOf({
  accounts,
  presences,
}: Pick<DeskParts, 'accounts' | 'presences'>): Promise<(staff: StaffId) => string> {
  const names = new Map((await accounts.list()).map(({ id, pseudonym }) => [id, pseudonym]));
  for (const { staff, pseudonym } of await presences.there()) names.set(staff, pseudonym);
  return (staff) => names.get(staff) ?? '—';
}

export async function rowViewOf(parts: DeskParts, t: Word): Promise<RowView> {
  return { t, now: parts.clock.now(), nameOf: await namesOf(parts) };
}

export async function talkViewOf(parts: DeskParts, t: Word, staff: StaffRequest): Promise<TalkView> {
  return { ...(await rowViewOf(parts, t)), csrf: staff.csrf, me: staff.account.id };
}

/** Under the name of the shift. */
export async function operatorOf(
  { presences }: Pick<DeskParts, 'presences'>,
  { id, pseudonym }: Account,
): Promise<Operator> {
  const presence = await presences.beat({ id, pseudonym });
  return { id, pseudonym: presence.pseudonym };
}

const ourId = z.string().regex(/^[\w-]{1,64}$/);

/** @throws CodedError `invalid-input` for what cannot be one of our ids */
export function idOf<T extends AlertId | ConversationId | StaffId>(given: unknown): T {
  return asId<T>(parseForm(ourId, given));
}
