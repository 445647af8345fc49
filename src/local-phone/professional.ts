import { setTimeout as wait } from 'node:timers/promises';
import type { Behaviour } from './network.js';
import type { Answer, Party, Room } from './party.js';

/** A professional at a desk phone, who behaves as told. */
export function professional(behaviour: Behaviour, tell: (line: string) => void): Party {
  return {
    hear: (text) => tell(text),
    answer: async (): Promise<Answer> => {
      if (behaviour === 'answers') return { kind: 'keys', keys: '1' };
      if (behaviour === 'refuses') return { kind: 'keys', keys: '2' };
      return { kind: 'silence' };
    },
    talk: async (room: Room) => {
      await Promise.race([room.closed, wait(LONGEST_TALK_MS, undefined, { ref: false })]);
    },
  };
}

const LONGEST_TALK_MS = 60_000;
