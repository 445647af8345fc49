import { type Command, UsageError } from './command.js';
import { importDirectory } from './directory-file.js';
import { importHours } from './hours-file.js';

export const importCommand: Command = {
  name: 'import',
  summary: 'the directory of services and the opening hours, from JSON or CSV',
  usage: [
    '  directory --file FILE [--withdraw-missing]',
    '    entries that differ become edits; those that are not in the file stay, or are withdrawn',
    '  hours --file FILE   opening hours, a JSON list that export hours wrote',
  ].join('\n'),
  async run([what, ...args], io) {
    if (what === 'directory') return importDirectory(args, io);
    if (what === 'hours') return importHours(args, io);
    throw new UsageError('import wants directory or hours.');
  },
};
