import type { Activity } from './activity.js';
import { type Card, cardView } from './card-view.js';
import { element, pushButton } from './element.js';
import { word } from './words.js';

/** Left above the message that is scrolled to. */
const MARGIN_PX = 8;
const CARD_TYPE = 'application/vnd.numero-unique.card+json';

/** The messages of the conversation, and the answers offered with the last one. */
export class TranscriptView {
  readonly #log: HTMLElement;
  readonly #choose: (value: string) => void;

  constructor(log: HTMLElement, choose: (value: string) => void) {
    this.#log = log;
    this.#choose = choose;
  }

  add(activity: Activity): void {
    const author = activity.channelData?.author ?? 'bot';
    const last = this.#log.querySelector<HTMLElement>('.message:last-of-type');
    const who = whoIs(activity, author);
    this.removeChoices();
    const message = element('article', `message ${author}`);
    message.dataset.who = who;
    if (last?.dataset.who === who) message.classList.add('same');
    message.append(element('p', 'who', who), ...contentOf(activity));
    this.#log.append(message, ...this.#choices(activity));
    this.#scroll(message);
    // What a person writes is seen at once, however much the assistant said before.
    if (author === 'operator') message.scrollIntoView({ block: 'nearest' });
  }

  /** To the newest, but never past what the caller said last: a long answer is read from its beginning. */
  #scroll(newest: HTMLElement): void {
    const said = [...this.#log.querySelectorAll<HTMLElement>('.message.caller')].at(-1);
    const top = said === undefined ? 0 : said.offsetTop - this.#log.offsetTop - MARGIN_PX;
    this.#log.scrollTop = Math.min(this.#log.scrollHeight, top);
    if (this.#log.scrollHeight <= this.#log.clientHeight) newest.scrollIntoView({ block: 'nearest' });
  }

  removeChoices(): void {
    for (const old of this.#log.querySelectorAll('.choices')) {
      // Who goes by keyboard goes on from here.
      if (old.contains(document.activeElement)) this.#log.focus({ preventScroll: true });
      old.remove();
    }
  }

  clear(): void {
    this.#log.replaceChildren();
  }

  #choices({ suggestedActions }: Activity): HTMLElement[] {
    const actions = suggestedActions?.actions ?? [];
    if (actions.length === 0) return [];
    const list = element('div', 'choices');
    for (const { title, value } of actions) {
      list.append(pushButton('choice', title, () => this.#choose(value)));
    }
    return [list];
  }
}

/** A list of services says all that its text says, and can be read; other cards stand beside their text. */
function contentOf({ attachments, text = '' }: Activity): HTMLElement[] {
  const card = attachments?.find(({ contentType }) => contentType === CARD_TYPE)?.content as Card | undefined;
  const view = card === undefined ? undefined : cardView(card);
  const words = element('p', 'text', text);
  if (view === undefined) return [words];
  return card?.kind === 'services' ? [view] : [words, view];
}

function whoIs({ from }: Activity, author: string): string {
  if (author === 'caller') return word('you');
  return from?.name ? word('person', from.name) : word('bot');
}
