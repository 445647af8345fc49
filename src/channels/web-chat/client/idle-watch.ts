import { find } from './element.js';

/** A page left open on a shared machine shows its words to whoever comes by. */
const WARN_AFTER_MS = 20 * 60_000;
const CLOSE_AFTER_MS = 5 * 60_000;
const LOOK_MS = 5_000;
const SIGNS = ['keydown', 'pointerdown', 'input'] as const;

export interface IdleParts {
  /** Nobody is waited for, nobody was alerted, and something is shown. */
  mayClose: () => boolean;
  close: () => void;
}

/** Asks whether somebody is still there, for five minutes; any sign is an answer. */
export class IdleWatch {
  readonly #dialog = find<HTMLDialogElement>('idle-dialog');
  readonly #parts: IdleParts;
  #sign = Date.now();

  constructor(parts: IdleParts) {
    this.#parts = parts;
    for (const sign of SIGNS) addEventListener(sign, () => this.here(), { passive: true });
    find('idle-stay').addEventListener('click', () => this.here());
    setInterval(() => this.#look(), LOOK_MS);
  }

  /** Somebody is there, or writes to them. */
  here(): void {
    this.#sign = Date.now();
    if (this.#dialog.open) this.#dialog.close();
  }

  #look(): void {
    if (!this.#parts.mayClose()) {
      this.here();
      return;
    }
    const quiet = Date.now() - this.#sign;
    if (quiet >= WARN_AFTER_MS + CLOSE_AFTER_MS && this.#dialog.open) {
      this.#dialog.close();
      this.#parts.close();
    } else if (quiet >= WARN_AFTER_MS && !this.#dialog.open) this.#warn();
  }

  /** Timers sleep in a tab that is out of sight: the five minutes begin when the question is really shown. */
  #warn(): void {
    this.#sign = Date.now() - WARN_AFTER_MS;
    this.#dialog.showModal();
  }
}
