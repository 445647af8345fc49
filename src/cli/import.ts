import { SHEET_KINDS } from '../booking/diary-columns.js';
import { type Command, UsageError } from './command.js';
import { importCalendar, importSheet } from './diary-file.js';
import { importDirectory } from './directory-file.js';
import { importHours } from './hours-file.js';

export const importCommand: Command = {
  name: 'import',
  summary: 'directory, opening hours, sites and availability from JSON or CSV, calendars from ICS',
  usage: [
    '  directory --file FILE [--withdraw-missing]',
    '    entries that differ become edits; those that are not in the file stay, or are withdrawn',
    '  sites | psychologists | availability | absences | closures --file FILE',
    '    CSV or JSON that export wrote: all of it by id, or nothing and what to correct, line by line',
    '  calendar --psychologist ID --file FILE [--zone ZONE]',
    '    busy times of the next three months from an ICS file, in place of those imported before',
    '  hours --file FILE   opening hours, a JSON list that export hours wrote',
  ].join('\n'),
  async run([what, ...args], io) {
    if (what === 'directory') return importDirectory(args, io);
    if (what === 'hours') return importHours(args, io);
    if (what === 'calendar') return importCalendar(args, io);
    const sheet = SHEET_KINDS.find((kind) => kind === what);
    if (sheet !== undefined) return importSheet(sheet, args, io);
    throw new UsageError(`import wants directory, hours, calendar, ${SHEET_KINDS.join(', ')}.`);
  },
};
