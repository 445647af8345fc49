import type { PhoneClock } from './phone-clock.js';

/** What somebody does when the phone listens to them. */
export type Answer =
  | { kind: 'keys'; keys: string }
  | { kind: 'speech'; text: string }
  | { kind: 'silence' }
  | { kind: 'hang-up' };

/** Whoever holds a phone: a script, a terminal, a scripted professional. */
export interface Party {
  /** Hears a sentence. */
  hear(text: string): void;
  /** Hears a recording. */
  listen?(address: string): void;
  /**
   * The phone listens. A party with nothing to say while it waits in line answers silence.
   * @param patience seconds the phone will listen
   */
  answer(patience: number): Promise<Answer>;
  /** Resolves when they speak or press a key while they are still being spoken to. */
  interrupted?(): Promise<void>;
  /** Is now in a room; resolves when this party leaves it. */
  talk(room: Room, clock: PhoneClock): Promise<void>;
}

export interface Room {
  name: string;
  /** How many are in it, this party included. */
  size(): number;
  /** Resolves when the room has closed: the other side hung up. */
  closed: Promise<void>;
}
