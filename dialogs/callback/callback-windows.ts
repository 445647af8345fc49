import { instant, MINUTE } from '../../src/kernel/clock.js';
import { dayNumber, isoDate, weekdayOf } from '../../src/kernel/days.js';
import type { Range } from '../../src/kernel/ranges.js';
import { wallToInstant } from '../../src/kernel/wall-clock.js';
import { callerZone } from '../caller-time.js';
import type { Choice, DialogContext } from '../dialog.js';
import { hour, soon, todayIn } from '../when.js';

/** Half days on the caller's clock. */
const HALF_DAYS = [
  ['09:00', '12:00'],
  ['14:00', '18:00'],
] as const;
const DAYS_LOOKED_AT = 7;
const OFFERED = 3;
/** Less of a half day than this is not worth waiting for. */
const SHORTEST = 45 * MINUTE;

/** The next half days in which somebody calls back: those the hours of callbacks leave open, or working days. */
export async function callbackWindows(context: DialogContext): Promise<Range[]> {
  const { memory, now, services } = context;
  const zone = callerZone(memory);
  const today = dayNumber(todayIn(zone, now));
  const days = Array.from({ length: DAYS_LOOKED_AT }, (_, index) => today + index);
  const halves = days.flatMap((day) =>
    HALF_DAYS.map(([from, to]) => ({
      day,
      from: Math.max(wallToInstant(isoDate(day), from, zone), now),
      to: wallToInstant(isoDate(day), to, zone),
    })),
  );
  const all = { from: now, to: halves.at(-1)?.to ?? now };
  const open = await services.hours.opensBetween('callbacks', memory, all);
  return halves
    .flatMap(({ day, ...half }) => (open === undefined ? workingDay(day, half) : within(half, open)))
    .filter(({ from, to }) => to - from >= SHORTEST)
    .slice(0, OFFERED);
}

const workingDay = (day: number, half: Range): Range[] => (weekdayOf(day) <= 5 ? [half] : []);

const within = (half: Range, open: readonly Range[]): Range[] =>
  open
    .map(({ from, to }) => ({ from: Math.max(from, half.from), to: Math.min(to, half.to) }))
    .filter(({ from, to }) => from < to);

/** "demain à 9 h, jusqu'à 12 h" */
export function windowWords({ language, memory, now }: DialogContext, { from, to }: Range) {
  const zone = callerZone(memory);
  return {
    from: soon(language, zone, { at: instant(from), now }),
    to: hour(language, zone, instant(to)),
  };
}

export const windowChoices = (context: DialogContext, windows: readonly Range[]): Choice[] =>
  windows.map((window, index) => ({
    value: String(index),
    key: 'callback.choice.window',
    params: windowWords(context, window),
  }));
