import type { Command } from './command.js';
export const call: Command = {
  name: 'call',
  summary: 'a phone in the terminal',
  usage: '',
  run: async () => 1,
};
