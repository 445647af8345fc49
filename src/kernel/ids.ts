import type { Random } from './random.js';
import { token } from './random.js';

/** A string that names one kind of thing, so that one kind cannot be passed for another. */
export type Id<Kind extends string> = string & { readonly __id: Kind };

export type ConversationId = Id<'conversation'>;
export type AlertId = Id<'alert'>;
export type SiteId = Id<'site'>;
/** One id for a psychologist's diary, duty and account (architecture.md, "Layout"). */
export type PsychologistId = Id<'psychologist'>;
export type StaffId = Id<'staff'>;
export type BookingId = Id<'booking'>;
export type LineRequestId = Id<'line-request'>;
export type ServiceId = Id<'service'>;
/** The carrier's name for one call leg. */
export type LegId = Id<'leg'>;

/** Takes a string that is already known to name such a thing: read from the store, or made by `newId`. */
export const asId = <T extends Id<string>>(value: string): T => value as T;

/** A fresh, unguessable identifier (128 random bits, base64url, 22 characters). */
export const newId = <T extends Id<string>>(random: Random): T => token(random, 16) as T;
