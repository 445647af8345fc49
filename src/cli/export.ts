import { type Command, UsageError } from './command.js';
import { exportDirectory } from './directory-file.js';

export const exportCommand: Command = {
  name: 'export',
  summary: 'the directory of services, as JSON or CSV',
  usage: '  directory [--format json|csv]',
  async run([what, ...args], io) {
    if (what === 'directory') return exportDirectory(args, io);
    throw new UsageError('export wants directory.');
  },
};
