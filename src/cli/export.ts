import { type Command, UsageError } from './command.js';
import { exportDirectory } from './directory-file.js';
import { exportGaps } from './export-gaps.js';

export const exportCommand: Command = {
  name: 'export',
  summary: 'the directory of services and its gaps, as JSON or CSV',
  usage: [
    '  directory [--format json|csv]',
    '  gaps [--month YYYY-MM]   needs that an académie had no service for, counted (CSV)',
  ].join('\n'),
  async run([what, ...args], io) {
    if (what === 'directory') return exportDirectory(args, io);
    if (what === 'gaps') return exportGaps(args, io);
    throw new UsageError('export wants directory or gaps.');
  },
};
