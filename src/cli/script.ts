import { readFileSync } from 'node:fs';
import { UsageError } from './command.js';

/** One line of a script for `chat` and `call`. */
export type Step =
  | { kind: 'keys'; keys: string; line: number }
  | { kind: 'say'; text: string; line: number }
  | { kind: 'silence'; line: number }
  | { kind: 'hang-up'; line: number }
  /** Stops the script when the text was (or was not) heard since the last input. */
  | { kind: 'expect'; text: string; heard: boolean; line: number };

export const SCRIPT_USAGE = [
  '  script lines: words are said, digits * # are pressed, (silence) says nothing, (raccroche) hangs up,',
  '  {code} is the last appointment code heard, "? words" checks that they were heard since the last input,',
  '  "!? words" that they were not, // begins a comment',
].join('\n');

/** @throws UsageError when the file cannot be read */
export function readScript(file: string): Step[] {
  try {
    return parseScript(readFileSync(file, 'utf8'));
  } catch {
    throw new UsageError(`The script ${file} cannot be read.`);
  }
}

export function parseScript(text: string): Step[] {
  return text.split('\n').flatMap((raw, index) => {
    const words = raw.trim();
    return words === '' || words.startsWith('//') ? [] : [parseStep(words, index + 1)];
  });
}

function parseStep(words: string, line: number): Step {
  if (words.startsWith('? ')) return { kind: 'expect', text: words.slice(2), heard: true, line };
  if (words.startsWith('!? ')) return { kind: 'expect', text: words.slice(3), heard: false, line };
  if (words === '(silence)') return { kind: 'silence', line };
  if (words === '(raccroche)') return { kind: 'hang-up', line };
  if (/^[0-9*#]+$/.test(words) || words === '{code}') return { kind: 'keys', keys: words, line };
  return { kind: 'say', text: words, line };
}

const CODE = /\b\d(?:[ ,]*\d){8}\b/g;
const flat = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ');

/** What was heard since the last input, and the last appointment code of all. */
export class Heard {
  #since = '';
  #code = '';

  add(text: string): void {
    this.#since += `${text}\n`;
    const codes = text.match(CODE);
    const last = codes?.at(-1);
    if (last !== undefined) this.#code = last.replace(/\D/g, '');
  }

  /** A new input begins. */
  clear(): void {
    this.#since = '';
  }

  fill(text: string): string {
    return text.replaceAll('{code}', this.#code);
  }

  meets({ text, heard }: Extract<Step, { kind: 'expect' }>): boolean {
    return flat(this.#since).includes(flat(this.fill(text))) === heard;
  }
}

/** The sentence for a check that failed. */
export const unmet = ({ text, heard, line }: Extract<Step, { kind: 'expect' }>): string =>
  `Line ${line}: « ${text} » was ${heard ? 'not heard' : 'heard, and should not have been'}.`;
