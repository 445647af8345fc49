import type { Answer, Party, Room } from '../party.js';
import type { PhoneClock } from '../phone-clock.js';

/** What one phone on the page shows. */
export type PhoneState = 'idle' | 'ringing' | 'in-call' | 'talking';

export interface PhoneLook {
  state: PhoneState;
  /** What was heard in this call, the oldest first. */
  heard: readonly string[];
}

const MOST_HEARD = 60;
const MOST_WAITING = 20;
/** A hand finds its words more slowly than a voice; in line nothing is asked, and the phone is not kept waiting. */
const PATIENCE = 3;
const IN_LINE_SECONDS = 4;

/** A phone of the page: hears, and does what somebody clicks. */
export class PagePhone implements Party {
  readonly #changed: (said?: string) => void;
  #state: PhoneState = 'idle';
  #heard: string[] = [];
  #waiting: Answer[] = [];
  #wake: (() => void) | undefined;
  #pickUp: ((answers: boolean) => void) | undefined;
  #leave: (() => void) | undefined;
  /** Counts calls: what one still waits for is nothing to the next. */
  #call = 0;

  /** @param changed told after each change, and of what is heard */
  constructor(changed: (said?: string) => void) {
    this.#changed = changed;
  }

  look(): PhoneLook {
    return { state: this.#state, heard: this.#heard };
  }

  get isIdle(): boolean {
    return this.#state === 'idle';
  }

  /** Rings until somebody picks up, refuses, or `signal` says that it is over. */
  rings(signal: AbortSignal): Promise<boolean> {
    this.#begin('ringing');
    return new Promise((resolve) => {
      const end = (answers: boolean): void => {
        this.#pickUp = undefined;
        if (answers) this.#show('in-call');
        else this.ended();
        resolve(answers);
      };
      this.#pickUp = end;
      signal.addEventListener('abort', () => this.#pickUp?.(false), { once: true });
    });
  }

  dials(): void {
    this.#begin('in-call');
  }

  pickUp(): void {
    this.#pickUp?.(true);
  }

  hangUp(): void {
    if (this.#pickUp !== undefined) {
      this.#pickUp(false);
      return;
    }
    this.#leave?.();
    this.press({ kind: 'hang-up' });
  }

  /** Keys and words wait until the phone listens. */
  press(answer: Answer): void {
    if (this.#state === 'idle' || this.#waiting.length >= MOST_WAITING) return;
    this.#waiting.push(answer);
    this.#wake?.();
  }

  /** The call is over, whoever ended it. */
  ended(): void {
    this.#waiting = [];
    this.#show('idle');
  }

  hear(text: string): void {
    this.#heard = [...this.#heard, text].slice(-MOST_HEARD);
    this.#changed(text);
  }

  /** Somebody who speaks or presses a key is not talked over. */
  async interrupted(): Promise<void> {
    if (this.#waiting.length > 0) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  async answer(patience: number): Promise<Answer> {
    const call = this.#call;
    const late = new Promise<void>((resolve) => {
      this.#wake = resolve;
      const seconds = patience <= IN_LINE_SECONDS ? patience : patience * PATIENCE;
      setTimeout(resolve, seconds * 1_000).unref();
    });
    if (this.#waiting.length === 0) await late;
    if (call !== this.#call) return { kind: 'silence' };
    this.#wake = undefined;
    return this.#waiting.shift() ?? { kind: 'silence' };
  }

  async talk(room: Room, _clock: PhoneClock): Promise<void> {
    this.#show('talking');
    await Promise.race([
      room.closed,
      new Promise<void>((resolve) => {
        this.#leave = resolve;
      }),
    ]);
    this.#leave = undefined;
    if (this.#state === 'talking') this.#show('in-call');
  }

  #begin(state: PhoneState): void {
    this.#call += 1;
    this.#heard = [];
    this.#waiting = [];
    this.#show(state);
  }

  #show(state: PhoneState): void {
    this.#state = state;
    this.#changed();
  }
}
