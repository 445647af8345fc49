import { setTimeout as wait } from 'node:timers/promises';

/** Time on the telephone network, in seconds from its start. */
export interface PhoneClock {
  now(): number;
  /** Resolves after so many seconds, or at once when `signal` aborts; never rejects. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>;
  /** Work that takes none of this time: time stands still meanwhile. */
  during<T>(work: Promise<T>): Promise<T>;
}

/** Real time; a second on the phone lasts `secondMs`. */
export function realClock(secondMs: number): PhoneClock {
  const start = performance.now();
  return {
    now: () => (performance.now() - start) / secondMs,
    sleep: (seconds, signal) =>
      wait(seconds * secondMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
    during: (work) => work,
  };
}

interface Timer {
  at: number;
  order: number;
  wake: () => void;
}

/** Time that goes on by itself, in one jump, whenever nobody has anything to do. */
export class VirtualClock implements PhoneClock {
  readonly #advanced: (seconds: number) => void;
  #now = 0;
  #order = 0;
  #working = 0;
  #timers: Timer[] = [];

  /** @param advanced told of each jump, so that other clocks go along */
  constructor(advanced: (seconds: number) => void = () => undefined) {
    this.#advanced = advanced;
  }

  now(): number {
    return this.#now;
  }

  sleep(seconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#order += 1;
      const timer: Timer = {
        at: this.#now + Math.max(0, seconds),
        order: this.#order,
        wake: () => undefined,
      };
      const cut = (): void => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        resolve();
      };
      timer.wake = () => {
        signal?.removeEventListener('abort', cut);
        resolve();
      };
      this.#timers.push(timer);
      signal?.addEventListener('abort', cut, { once: true });
      this.#consider();
    });
  }

  async during<T>(work: Promise<T>): Promise<T> {
    this.#working += 1;
    try {
      return await work;
    } finally {
      this.#working -= 1;
      this.#consider();
    }
  }

  /** After everything that is ready has run: twice round the loop, for what promises start meanwhile. */
  #consider(): void {
    setImmediate(() => setImmediate(() => this.#jump()));
  }

  #jump(): void {
    if (this.#working > 0) return;
    const [next] = this.#timers.sort((a, b) => a.at - b.at || a.order - b.order);
    if (next === undefined) return;
    this.#timers = this.#timers.filter((timer) => timer !== next);
    this.#advanced(next.at - this.#now);
    this.#now = next.at;
    next.wake();
    this.#consider();
  }
}
