import { SHEET_KINDS } from '../booking/diary-columns.js';
import { type Command, UsageError } from './command.js';
import { exportCalendar, exportSheet } from './diary-file.js';
import { exportDirectory } from './directory-file.js';
import { exportGaps } from './export-gaps.js';
import { exportHours } from './hours-file.js';

export const exportCommand: Command = {
  name: 'export',
  summary: 'directory, gaps, opening hours, sites and availability as JSON or CSV, calendars as ICS',
  usage: [
    '  directory [--format json|csv]',
    '  gaps [--month YYYY-MM]   needs that an académie had no service for, counted (CSV)',
    '  sites | psychologists | availability | absences | closures [--format csv|json]',
    '  calendar --psychologist ID   when somebody is booked, and nothing else (ICS)',
    '  hours                    opening hours of the line, to edit and import (JSON)',
  ].join('\n'),
  async run([what, ...args], io) {
    if (what === 'directory') return exportDirectory(args, io);
    if (what === 'gaps') return exportGaps(args, io);
    if (what === 'hours') return exportHours(args, io);
    if (what === 'calendar') return exportCalendar(args, io);
    const sheet = SHEET_KINDS.find((kind) => kind === what);
    if (sheet !== undefined) return exportSheet(sheet, args, io);
    throw new UsageError(`export wants directory, gaps, hours, calendar, ${SHEET_KINDS.join(', ')}.`);
  },
};
