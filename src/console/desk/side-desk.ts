import type { Translate } from '../../../locales/translate.js';
import type { Audit } from '../../accounts/audit.js';
import type { Mode, Slot } from '../../booking/booking.js';
import type { BookingService, PublicBooking } from '../../booking/booking-service.js';
import { type BookingCode, formatCode } from '../../booking/code.js';
import type { ConversationHead, NewMessage, ServiceCardEntry } from '../../conversations/conversation.js';
import type { Conversations } from '../../conversations/conversations.js';
import type { AdvisedService } from '../../directory/advise.js';
import type { Adviser } from '../../directory/adviser.js';
import type { Operator } from '../../handoff/desk.js';
import { academyBySlug, academyOfDepartment } from '../../kernel/academies.js';
import type { Clock } from '../../kernel/clock.js';
import type { ConversationId, ServiceId, StaffId } from '../../kernel/ids.js';
import type { Need } from '../../kernel/needs.js';
import type { FactSink } from '../../reporting/fact.js';
import { whenAt } from './when-at.js';

export interface OfferedSlot {
  slot: Slot;
  place: string;
  address: string;
  zone: string;
}

export type SideOutcome =
  | { kind: 'done' }
  /** To be said aloud: a call has no screen. */
  | { kind: 'said'; text: string }
  | { kind: 'slot-taken' }
  | { kind: 'not-mine' };

export type CodeCheck = { kind: 'found'; booking: PublicBooking } | { kind: 'not-found' };

/** What an operator does for a caller with the bot's own services: the same times, services and cards. */
export interface SideDesk {
  slots(query: { mode: Mode; department: string }): Promise<OfferedSlot[]>;
  /** Holds and confirms at once; the caller is sent the card with the code, which the desk never shows. */
  book(id: ConversationId, by: Operator, slot: Slot): Promise<SideOutcome>;
  services(query: { need: Need; department: string }): Promise<AdvisedService[]>;
  orient(
    id: ConversationId,
    by: Operator,
    wanted: { need: Need; department: string; services: readonly ServiceId[] },
  ): Promise<SideOutcome>;
  /** At the door of an EAE: whether a code that somebody says is that of an appointment. */
  check(code: string, by: StaffId): Promise<CodeCheck>;
}

const OFFERED = 12;
const PARIS = 'Europe/Paris';

export interface SideDeskParts {
  clock: Clock;
  audit: Pick<Audit, 'record'>;
  booking: Pick<BookingService, 'findSlots' | 'site' | 'hold' | 'confirm' | 'byCode'>;
  adviser: Adviser;
  conversations: Pick<Conversations, 'head' | 'post'>;
  translate: Translate;
  facts: FactSink;
}

export function createSideDesk(parts: SideDeskParts): SideDesk {
  const { clock, audit, booking, adviser, conversations, translate, facts } = parts;

  /** In writing only the owner writes; a call is helped by whoever speaks. */
  const mine = async (id: ConversationId, by: Operator): Promise<ConversationHead | undefined> => {
    const head = await conversations.head(id);
    if (head === undefined || head.owner.kind === 'closed') return undefined;
    if (head.channel === 'phone') return head;
    return head.owner.kind === 'operator' && head.owner.staff === by.id ? head : undefined;
  };

  /** Words of the service, not of a person: a code in them is for the caller, and the desk's transcript masks it. */
  const tell = async (head: ConversationHead, message: NewMessage): Promise<SideOutcome> => {
    if (head.channel === 'phone') return { kind: 'said', text: message.text };
    const posted = await conversations.post(head.id, { expectedEpoch: head.epoch, message });
    return posted.kind === 'posted' ? { kind: 'done' } : { kind: 'not-mine' };
  };

  const offered = async (slot: Slot): Promise<OfferedSlot> => {
    const site = await booking.site(slot.site);
    return { slot, place: site?.name ?? '', address: site?.address ?? '', zone: site?.zone ?? PARIS };
  };

  const confirmation = (
    { language }: ConversationHead,
    { slot, ...at }: OfferedSlot,
    code: BookingCode,
  ): NewMessage => {
    const when = whenAt(language, at.zone, slot.start);
    const key = slot.mode === 'telephone' ? 'booking.done-telephone' : 'booking.done';
    const said = translate(language, key, { when, place: at.place, address: at.address });
    const told = translate(language, 'booking.code', { code: formatCode(code) });
    const card = {
      kind: 'appointment',
      code,
      start: slot.start,
      zone: at.zone,
      place: at.place,
      mode: slot.mode,
    } as const;
    return { from: 'system', text: `${said} ${told}`, card };
  };

  const advised = async ({ need, department }: { need: Need; department: string }) => {
    const academy = academyOfDepartment(department)?.slug;
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: PARIS, dateStyle: 'short' }).format(
      clock.now(),
    );
    const place = {
      ...(department === '' ? {} : { department }),
      ...(academy === undefined ? {} : { academy }),
    };
    return adviser.orient({ need, profile: place, today });
  };

  return {
    async slots({ mode, department }) {
      const query = { mode, audience: 'operator', limit: OFFERED } as const;
      const near =
        department === '' || mode === 'telephone' ? [] : await booking.findSlots({ ...query, department });
      const around = academyBySlug(academyOfDepartment(department)?.slug ?? '')?.departments.map(
        ({ code }) => code,
      );
      const wide = mode === 'telephone' || around === undefined ? {} : { academyDepartments: around };
      return Promise.all(
        (near.length > 0 ? near : await booking.findSlots({ ...query, ...wide })).map(offered),
      );
    },
    async book(id, by, slot) {
      const head = await mine(id, by);
      if (head === undefined) return { kind: 'not-mine' };
      const held = await booking.hold(slot, id, { audience: 'operator' });
      if (held.kind !== 'held' || (await booking.confirm(held.booking)) !== 'confirmed')
        return { kind: 'slot-taken' };
      await audit.record({ by: by.id, act: 'booking-made', on: id });
      return tell(head, confirmation(head, await offered(slot), held.code));
    },
    services: async (query) => (await advised(query)).services,
    async orient(id, by, { services: chosen, ...query }) {
      const head = await mine(id, by);
      if (head === undefined) return { kind: 'not-mine' };
      const orientation = await advised(query);
      const services = orientation.services.filter(({ service }) => chosen.includes(service.id));
      if (services.length === 0) return { kind: 'done' };
      const entries = services.map((one) => entryOf(head, one));
      const outcome = await tell(head, {
        from: 'system',
        text: textOf(entries),
        card: { kind: 'services', services: entries },
      });
      if (outcome.kind === 'not-mine') return outcome;
      await audit.record({ by: by.id, act: 'card-sent', on: id });
      facts.record(services.map(({ service }) => ({ kind: 'oriented', service: service.id })));
      return outcome;
    },
    async check(code, by) {
      const found = await booking.byCode(code, 'operator');
      await audit.record({ by, act: 'appointment-checked-in' });
      return found.kind === 'found' ? { kind: 'found', booking: found.booking } : { kind: 'not-found' };
    },
  };
}

const entryOf = ({ language }: ConversationHead, { service, stale }: AdvisedService): ServiceCardEntry => ({
  name: service.name[language],
  what: service.what[language],
  contacts: service.contacts,
  stale,
});

const textOf = (entries: readonly ServiceCardEntry[]): string =>
  entries.map(({ name, contacts }) => [name, ...contacts.map(({ value }) => value)].join(' — ')).join('\n');
