export interface CalendarEntry {
  start: number;
  title: string;
  place: string;
}

const MOST_OCTETS = 73;

/**
 * One event as iCalendar (RFC 5545). It says when and where, and nothing else: calendars are shared with
 * colleagues, so neither the code nor the reason stands in it.
 * @param made when the entry is made, epoch milliseconds
 */
export function calendarText({ start, title, place }: CalendarEntry, made: number): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//rendez-vous//FR',
    'BEGIN:VEVENT',
    `UID:${start}-${made}@rendez-vous.invalid`,
    `DTSTAMP:${utc(made)}`,
    `DTSTART:${utc(start)}`,
    `SUMMARY:${escaped(title)}`,
    `LOCATION:${escaped(place)}`,
    'CLASS:PRIVATE',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

const utc = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');

const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

/** No line is longer than 75 octets; the next begins with a space. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let octets = 0;
  let out = '';
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (octets + size > MOST_OCTETS) {
      out += '\r\n ';
      octets = 1;
    }
    out += letter;
    octets += size;
  }
  return out;
}
