import type { SendOutcome } from './direct-line-client.js';
import { find } from './element.js';
import { word } from './words.js';

/** Under the service's own limit of 128 KB, with room for what surrounds the text. */
const MAX_BYTES = 130_000;

/** The box where the caller writes. What was not sent stays in it, whatever happens. */
export class Composer {
  readonly #form = find<HTMLFormElement>('form');
  readonly #box = find<HTMLTextAreaElement>('message');
  readonly #button = find<HTMLButtonElement>('send');
  readonly #send: (text: string, key: string) => Promise<SendOutcome>;
  readonly #told: (outcome: SendOutcome) => void;
  readonly #label = this.#button.textContent ?? '';
  #busy = false;
  /** The key of a text stays the same while it is tried again, so that it is answered once. */
  #pending: { text: string; key: string } | undefined;

  constructor(
    send: (text: string, key: string) => Promise<SendOutcome>,
    told: (outcome: SendOutcome) => void,
  ) {
    this.#send = send;
    this.#told = told;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.send(this.#box.value);
    });
    this.#box.addEventListener('keydown', (event) => {
      const lineBreak = event.shiftKey || event.isComposing || matchMedia('(pointer: coarse)').matches;
      if (event.key !== 'Enter' || lineBreak) return;
      event.preventDefault();
      void this.send(this.#box.value);
    });
  }

  async send(text: string): Promise<void> {
    if (text.trim() === '' || this.#busy) return;
    if (new TextEncoder().encode(JSON.stringify(text)).length > MAX_BYTES) {
      this.#told('too-long');
      return;
    }
    if (this.#pending?.text !== text) this.#pending = { text, key: newKey() };
    this.#setBusy(true);
    const outcome = await this.#send(text, this.#pending.key);
    this.#setBusy(false);
    if (outcome === 'sent') {
      this.#pending = undefined;
      if (this.#box.value === text) this.#box.value = '';
    }
    this.#told(outcome);
  }

  open(): void {
    this.#form.hidden = false;
    this.#box.readOnly = false;
    this.#button.disabled = false;
    this.#pending = undefined;
  }

  /** What was being written stays, to be copied or sent in the next conversation. */
  end(): void {
    this.#form.hidden = this.#box.value.trim() === '';
    this.#box.readOnly = true;
    this.#button.disabled = true;
  }

  clear(): void {
    this.#box.value = '';
  }

  #setBusy(busy: boolean): void {
    this.#busy = busy;
    this.#box.readOnly = busy;
    this.#button.setAttribute('aria-disabled', String(busy));
    this.#button.textContent = busy ? word('sending') : this.#label;
  }
}

/** Unique for this conversation; `crypto.randomUUID` is missing on plain http. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
