import type { Behaviour } from './callee.js';
import type { Answer, Party } from './party.js';

/** A professional at a desk phone, who behaves as told. */
export function professional(behaviour: Behaviour, tell: (line: string) => void): Party {
  return {
    hear: (text) => tell(text),
    answer: async (): Promise<Answer> => {
      if (behaviour === 'answers') return { kind: 'keys', keys: '1' };
      if (behaviour === 'refuses') return { kind: 'keys', keys: '2' };
      return { kind: 'silence' };
    },
    talk: async (room, clock) => {
      await Promise.race([room.closed, clock.sleep(LONGEST_TALK_SECONDS)]);
    },
  };
}

const LONGEST_TALK_SECONDS = 3_000;
