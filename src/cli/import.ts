import { type Command, UsageError } from './command.js';
import { importDirectory } from './directory-file.js';

export const importCommand: Command = {
  name: 'import',
  summary: 'the directory of services, from JSON or CSV',
  usage: [
    '  directory --file FILE [--withdraw-missing]',
    '    entries that differ become edits; those that are not in the file stay, or are withdrawn',
  ].join('\n'),
  async run([what, ...args], io) {
    if (what === 'directory') return importDirectory(args, io);
    throw new UsageError('import wants directory.');
  },
};
