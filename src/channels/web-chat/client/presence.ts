import type { ChatState } from './chat-state.js';
import { find } from './element.js';
import { word } from './words.js';

const SOON_MS = 400;
const AGAIN_MS = 20_000;

/** Says above the conversation who answers, whether somebody is there, and how many wait before. */
export class Presence {
  readonly #line = find('presence');
  readonly #human = find<HTMLButtonElement>('human');
  readonly #resume = find<HTMLButtonElement>('resume');
  readonly #ask: () => Promise<ChatState | undefined>;
  #soon: ReturnType<typeof setTimeout> | undefined;
  state: ChatState | undefined;

  constructor(ask: () => Promise<ChatState | undefined>) {
    this.#ask = ask;
    setInterval(() => {
      if (!document.hidden) void this.refresh();
    }, AGAIN_MS);
  }

  /** Something was said: who has the conversation may have changed. */
  soon(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.refresh(), SOON_MS);
  }

  async refresh(): Promise<void> {
    const state = await this.#ask();
    if (state === undefined) return;
    this.state = state;
    const text = sentence(state);
    // Read aloud only when it changes.
    if (this.#line.textContent !== text) this.#line.textContent = text;
    this.#line.hidden = text === '';
    this.#line.classList.toggle('person', state.speaker === 'person');
    this.#showHuman(state.speaker === 'bot');
    this.#resume.hidden = false;
  }

  /** The focus does not fall out of the page with the button. */
  #showHuman(shown: boolean): void {
    if (!shown && document.activeElement === this.#human) find('log').focus();
    this.#human.hidden = !shown;
  }

  /** The conversation is over. */
  end(): void {
    clearTimeout(this.#soon);
    this.state = undefined;
    this.#line.hidden = true;
  }
}

function sentence({ speaker, alerted, operatorThere, by = '', ahead }: ChatState): string {
  if (speaker === 'nobody') return '';
  if (speaker === 'person') return word('with-person', by);
  if (alerted) return word(operatorThere ? 'alerted' : 'alerted-away');
  if (speaker === 'bot') return word(operatorThere ? 'operator-there' : 'operator-away');
  if (!operatorThere) return word('queue-nobody');
  if (ahead === undefined) return word('queue-many');
  return ahead === 0 ? word('queue-first') : word('queue-ahead', ahead);
}
