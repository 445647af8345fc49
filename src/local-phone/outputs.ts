import type { Party } from './party.js';
import type { PhoneClock } from './phone-clock.js';
import type { Verb } from './twiml.js';

const MAX_LOOPS = 1_000;
const DEFAULT_PAUSE_SECONDS = 1;
const PLAY_SECONDS = 1;
/** French read aloud. */
const CHARACTERS_A_SECOND = 14;

/** Say, Play and Pause: each takes its time, until the call is ended or sent elsewhere. */
export async function output(
  verb: Verb,
  { party, clock, signal }: { party: Party; clock: PhoneClock; signal: AbortSignal },
): Promise<void> {
  if (verb.name === 'Pause')
    return clock.sleep(Number(verb.attributes.length ?? DEFAULT_PAUSE_SECONDS), signal);
  const loop = Number(verb.attributes.loop ?? 1);
  const times = loop === 0 ? MAX_LOOPS : Math.min(loop, MAX_LOOPS);
  for (let time = 0; time < times && !signal.aborted; time += 1) {
    if (verb.name === 'Say') party.hear(verb.text);
    else party.listen?.(verb.text);
    await clock.sleep(verb.name === 'Say' ? verb.text.length / CHARACTERS_A_SECOND : PLAY_SECONDS, signal);
  }
}
