import { DAY } from './clock.js';

/** Days since 1 January 1970: dates are counted, never asked of a time zone. */
export type DayNumber = number;

export const dayNumber = (isoDate: string): DayNumber => Math.round(Date.parse(isoDate) / DAY);
export const isoDate = (day: DayNumber): string => new Date(day * DAY).toISOString().slice(0, 10);

/** 1 Monday to 7 Sunday; 1 January 1970 was a Thursday. */
export const weekdayOf = (day: DayNumber): number => ((((day + 3) % 7) + 7) % 7) + 1;
export const weekOf = (day: DayNumber): number => Math.floor((day + 3) / 7);
