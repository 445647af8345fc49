import { z } from 'zod';
import { MODES, type Slot } from '../../src/booking/booking.js';
import type { TimeWish } from '../../src/booking/time-wish.js';
import { instant } from '../../src/kernel/clock.js';
import { asId, type PsychologistId, type SiteId } from '../../src/kernel/ids.js';
import { callerZone, localHour } from '../caller-time.js';
import type { Choice, DialogContext, DialogInput, Question, Say, Step } from '../dialog.js';
import { ONE_KEY } from '../dialog.js';
import { dayAndHour, todayIn } from '../when.js';
import { timeWish } from './time-words.js';

/** product.md: the three earliest. */
export const OFFERED_SLOTS = 3;

export const slotSchema = z.object({
  psychologist: z.string().transform((id) => asId<PsychologistId>(id)),
  site: z.string().transform((id) => asId<SiteId>(id)),
  mode: z.enum(MODES),
  start: z.number().transform(instant),
  end: z.number().transform(instant),
});

export const wishSchema = z.object({
  firstDate: z.string().optional(),
  lastDate: z.string().optional(),
  weekdays: z.array(z.number()).optional(),
  from: z.string().optional(),
  before: z.string().optional(),
  zone: z.string().optional(),
});

export const HUMAN: Choice = {
  value: 'human',
  key: 'triage.door.human',
  words: ['operateur', 'quelqu un', 'operator'],
};

/** Where a slot is, and when, on its own clock and on the caller's. */
export interface SlotWords {
  zone: string;
  place: string;
  address: string;
  when: string;
  /** The caller's own hour, when it is another one. */
  local: string | undefined;
}

export async function wordsOf(
  context: DialogContext,
  slot: Pick<Slot, 'site' | 'start'>,
): Promise<SlotWords> {
  const site = await context.services.booking.site(slot.site);
  const zone = site?.zone ?? 'Europe/Paris';
  return {
    zone,
    place: site?.name ?? '',
    address: site?.address ?? '',
    when: dayAndHour(context.language, zone, slot.start),
    local: localHour(context, zone, slot.start),
  };
}

/** Said after a time, when the caller's clock shows another hour. */
export function yourHour({ local }: SlotWords, mode: Slot['mode']): Say[] {
  if (local === undefined) return [];
  return [
    { key: mode === 'telephone' ? 'booking.your-hour-telephone' : 'booking.your-hour', params: { local } },
  ];
}

const LATER: Choice = {
  value: 'later',
  key: 'booking.choice.other-times',
  words: ['plus tard', 'd autres horaires', 'autres horaires', 'later', 'other times'],
};
const ANOTHER_DAY: Choice = {
  value: 'day',
  key: 'booking.choice.another-day',
  words: ['un autre jour', 'autre jour', 'autre date', 'another day', 'other day'],
};

/** The times offered, one choice each, with the place when it is not the telephone; then the ways to other times. */
export async function slotQuestion(
  context: DialogContext,
  slots: readonly Slot[],
  more: readonly Choice[],
): Promise<Question> {
  const times = await Promise.all(
    slots.map(async (slot, index) => {
      const { when, place, local } = await wordsOf(context, slot);
      const where = slot.mode === 'telephone' ? 'slot-telephone' : 'slot';
      const key = local === undefined ? `booking.choice.${where}` : `booking.choice.${where}-both`;
      return { value: `slot-${index}`, key, params: { when, place, local: local ?? '' } };
    }),
  );
  return {
    choices: [...times, LATER, ANOTHER_DAY, ...more],
    keys: ONE_KEY,
    again: { key: 'booking.which-slot' },
  };
}

const DAY_WISHES: Readonly<Record<string, string>> = {
  'next-week': 'la semaine prochaine',
  'two-weeks': 'dans deux semaines',
  morning: 'le matin',
  afternoon: 'l’après-midi',
};

/** In the caller's own words first; a phone reads the choices after a misunderstanding. */
export const DAY: Question = {
  choices: [...Object.keys(DAY_WISHES).map((value) => ({ value, key: `booking.day.${value}` })), HUMAN],
  open: true,
  keys: ONE_KEY,
  again: { key: 'booking.which-day-again' },
  hints: [
    'lundi',
    'mardi',
    'mercredi',
    'jeudi',
    'vendredi',
    'matin',
    'après-midi',
    'la semaine prochaine',
    'après 17 heures',
  ],
};

export const askDay = (state: unknown): Step => ({
  kind: 'ask',
  says: [{ key: 'booking.which-day' }],
  question: DAY,
  state,
});

/** Days and hours in an answer, on the caller's clock. */
export function wishIn(context: DialogContext, { text, choice, kind }: DialogInput): TimeWish | undefined {
  const named = choice === undefined ? undefined : DAY_WISHES[choice];
  if (named === undefined && kind !== 'text') return undefined;
  const zone = callerZone(context.memory);
  return timeWish(named ?? text, todayIn(zone, context.now));
}

/** The offered slot that an answer chose. */
export function offeredSlot(offered: readonly Slot[], { choice }: DialogInput): Slot | undefined {
  return choice?.startsWith('slot-') === true ? offered[Number(choice.slice('slot-'.length))] : undefined;
}
