import { readWords } from '../src/directory/read-words.js';
import type { Told } from './dialog.js';

/** What is known of the caller's situation with what these words add or correct. */
export function withWords(told: Told | undefined, text: string): Told {
  const { academy, department, wishes = [], ...said } = readWords(text);
  const plain = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return { ...told, ...plain, ...(wishes.length > 0 ? { wishes } : {}) };
}
