import type { Answer } from './party.js';
import type { Verb } from './twiml.js';

export const DEFAULT_GATHER_SECONDS = 5;

/** What a Gather takes of an answer: only what it listens to, up to its terminator and its number of digits. */
export function gathered(verb: Verb, answer: Answer): Answer {
  const input = (verb.attributes.input ?? 'dtmf').split(' ');
  if (answer.kind === 'speech') return input.includes('speech') ? answer : { kind: 'silence' };
  if (answer.kind !== 'keys') return answer;
  if (!input.includes('dtmf')) return { kind: 'silence' };
  const terminator = verb.attributes.finishOnKey ?? '#';
  const end = terminator === '' ? -1 : [...answer.keys].findIndex((key) => terminator.includes(key));
  const keys = end < 0 ? answer.keys : answer.keys.slice(0, end);
  const limit = Number(verb.attributes.numDigits ?? keys.length);
  return keys === '' ? { kind: 'silence' } : { kind: 'keys', keys: keys.slice(0, limit) };
}

/** Whether the phone goes on listening after these keys: no terminator yet, and not enough digits. */
export function isUnfinished(verb: Verb, keys: string): boolean {
  const terminator = verb.attributes.finishOnKey ?? '#';
  if (terminator !== '' && [...keys].some((key) => terminator.includes(key))) return false;
  return verb.attributes.numDigits === undefined || keys.length < Number(verb.attributes.numDigits);
}
