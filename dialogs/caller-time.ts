import { academyBySlug, COLLECTIVITIES } from '../src/kernel/academies.js';
import type { Instant } from '../src/kernel/clock.js';
import type { DialogContext, Memory } from './dialog.js';
import { dayAndHour } from './when.js';

const PARIS = 'Europe/Paris';

/** Zone of the caller's clock, from the place they named; Paris while they have not. */
export function callerZone({ academy, department }: Memory): string {
  const collectivity = COLLECTIVITIES.find(({ code }) => code === department);
  return collectivity?.zone ?? (academy === undefined ? undefined : academyBySlug(academy)?.zone) ?? PARIS;
}

/** The day and hour where the caller is, when the wall clock there shows another one than at the place. */
export function localHour(context: DialogContext, zone: string, at: Instant): string | undefined {
  if (callerZone(context.memory) === zone) return undefined;
  const mine = dayAndHour(context.language, callerZone(context.memory), at);
  return mine === dayAndHour(context.language, zone, at) ? undefined : mine;
}
