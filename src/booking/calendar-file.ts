import ICAL from 'ical.js';
import { type Instant, instant, SECOND } from '../kernel/clock.js';
import { dayNumber } from '../kernel/days.js';
import { CodedError } from '../kernel/errors.js';
import { minuteToInstant } from '../kernel/wall-clock.js';
import type { TimeWindow } from './availability.js';

/** A time in a calendar file. */
export interface CalendarTime {
  /** Stays the same when the time moves. */
  name: string;
  start: Instant;
  end: Instant;
}

/** Marks what this service wrote, so that it is never read back as somebody else's appointment. */
const OURS = '@numero-unique';
const BUSY = 'Occupé';
const LARGEST_FILE = 2_000_000;
const MOST_EVENTS = 5_000;
const MOST_TIMES = 2_000;
/** Occurrences of one event before the window: about 27 years of weekdays. */
const MOST_STEPS = 7_000;

/** A calendar file that says when somebody is busy, and nothing else: no place, no code, nobody's name. */
export function writeCalendar(times: readonly CalendarTime[], writtenAt: Instant): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//numero-unique//FR');
  for (const { name, start, end } of times) {
    const event = new ICAL.Component('vevent');
    event.addPropertyWithValue('uid', `${name}${OURS}`);
    event.addPropertyWithValue('dtstamp', utc(writtenAt));
    event.addPropertyWithValue('dtstart', utc(start));
    event.addPropertyWithValue('dtend', utc(end));
    event.addPropertyWithValue('summary', BUSY);
    event.addPropertyWithValue('class', 'PRIVATE');
    calendar.addSubcomponent(event);
  }
  return `${calendar.toString()}\r\n`;
}

const utc = (at: Instant): ICAL.Time => ICAL.Time.fromJSDate(new Date(at), true);

/**
 * When a calendar file says that its owner is busy inside the window, recurrences included. Events marked as free,
 * cancelled ones and those that this service wrote do not count; a day without hours is a whole day of `zone`.
 * @throws CodedError `invalid-input` for what is no calendar, or too large
 */
export function readBusyTimes(
  text: string,
  { window, zone }: { window: TimeWindow; zone: string },
): { from: Instant; to: Instant }[] {
  const calendar = parseCalendar(text);
  const found: { from: Instant; to: Instant }[] = [];
  for (const event of busyEvents(calendar))
    for (const { start, end } of occurrences(event, { window, zone })) {
      if (end > window.from && start < window.to && end > start) found.push({ from: start, to: end });
      if (found.length > MOST_TIMES) throw tooLarge();
    }
  return found.sort((a, b) => a.from - b.from);
}

const tooLarge = (): CodedError =>
  new CodedError(
    'invalid-input',
    'This calendar is too large: at most 2 MB and 2,000 times in three months.',
  );

function parseCalendar(text: string): ICAL.Component {
  if (text.length > LARGEST_FILE) throw tooLarge();
  try {
    const calendar = new ICAL.Component(ICAL.parse(text));
    if (calendar.name === 'vcalendar') return calendar;
  } catch (cause) {
    throw new CodedError('invalid-input', 'This is no calendar file (ICS).', { cause });
  }
  throw new CodedError('invalid-input', 'This is no calendar file (ICS).');
}

/** One for each event, its moved and cancelled occurrences with it. */
function busyEvents(calendar: ICAL.Component): ICAL.Event[] {
  const components = calendar.getAllSubcomponents('vevent');
  if (components.length > MOST_EVENTS) throw tooLarge();
  const events = components.map((component) => new ICAL.Event(component, { exceptions: [] }));
  const roots = new Map<string, ICAL.Event>();
  for (const event of events)
    if (!event.isRecurrenceException() && isBusy(event)) roots.set(event.uid, event);
  for (const event of events) if (event.isRecurrenceException()) roots.get(event.uid)?.relateException(event);
  return [...roots.values()];
}

function isBusy({ component, uid, startDate }: ICAL.Event): boolean {
  const value = (name: string): unknown => component.getFirstPropertyValue(name);
  return (
    startDate !== null &&
    value('transp') !== 'TRANSPARENT' &&
    value('status') !== 'CANCELLED' &&
    !String(uid).endsWith(OURS)
  );
}

interface Occurrence {
  start: Instant;
  end: Instant;
}

function* occurrences(
  event: ICAL.Event,
  { window, zone }: { window: TimeWindow; zone: string },
): Generator<Occurrence> {
  const named = ianaName(
    String(event.component.getFirstProperty('dtstart')?.getFirstParameter('tzid') ?? ''),
  );
  const asInstant = (time: ICAL.Time): Instant => toInstant(time, named ?? zone);
  if (!event.isRecurring()) {
    yield { start: asInstant(event.startDate), end: asInstant(event.endDate) };
    return;
  }
  const iterator = event.iterator();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const next = iterator.next() as ICAL.Time | undefined;
    if (!next || asInstant(next) >= window.to) return;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    if (isBusy(item)) yield { start: asInstant(startDate), end: asInstant(endDate) };
  }
}

/**
 * A zone with an IANA name is ours to convert; another one is described in the file itself.
 * @param zone of a time that names none
 */
function toInstant(time: ICAL.Time, zone: string): Instant {
  const own = ianaName(time.zone?.tzid ?? '');
  const described = !time.isDate && time.zone !== ICAL.Timezone.localTimezone && own === undefined;
  if (described) return instant(time.toUnixTime() * SECOND);
  const name = time.isDate ? zone : (own ?? zone);
  const { year, month, day } = time;
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  const minute = time.isDate ? 0 : time.hour * 60 + time.minute;
  return minuteToInstant(dayNumber(date), minute, name);
}

const pad = (value: number, length: number): string => String(value).padStart(length, '0');

function ianaName(name: string): string | undefined {
  if (name === 'UTC' || name === 'Z') return 'UTC';
  if (!name.includes('/')) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
