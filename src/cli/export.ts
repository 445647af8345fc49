import { type Command, UsageError } from './command.js';
import { exportDirectory } from './directory-file.js';
import { exportGaps } from './export-gaps.js';
import { exportHours } from './hours-file.js';

export const exportCommand: Command = {
  name: 'export',
  summary: 'the directory of services, its gaps and the opening hours, as JSON or CSV',
  usage: [
    '  directory [--format json|csv]',
    '  gaps [--month YYYY-MM]   needs that an académie had no service for, counted (CSV)',
    '  hours                    opening hours of the line, to edit and import (JSON)',
  ].join('\n'),
  async run([what, ...args], io) {
    if (what === 'directory') return exportDirectory(args, io);
    if (what === 'gaps') return exportGaps(args, io);
    if (what === 'hours') return exportHours(args, io);
    throw new UsageError('export wants directory, gaps or hours.');
  },
};
