import { listen, recogniser, speak } from './speech.js';

type PhoneState = 'idle' | 'ringing' | 'in-call' | 'talking';
interface PhoneLook {
  state: PhoneState;
  heard: readonly string[];
}
interface ExchangeEvent {
  phones: Readonly<Record<string, PhoneLook>>;
  said?: { phone: string; text: string };
}

/** Keys pressed one after another are one answer; `#` ends it at once. */
const KEYS_TOGETHER_MS = 1_200;

const post = (path: string, body: object): Promise<Response> =>
  fetch(`/telephone/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telephone': '1' },
    body: JSON.stringify(body),
  });

const one = <T extends HTMLElement>(within: ParentNode, selector: string): T => {
  const found = within.querySelector<T>(selector);
  if (found === null) throw new Error(`${selector} is missing`);
  return found;
};

class Phone {
  readonly name: string;
  readonly #section: HTMLElement;
  #keys = '';
  #timer: number | undefined;

  constructor(section: HTMLElement) {
    this.#section = section;
    this.name = section.dataset.phone ?? '';
    section.addEventListener('click', (event) => this.#clicked(event));
  }

  show({ state, heard }: PhoneLook): void {
    const section = this.#section;
    section.dataset.state = state;
    const words = { idle: 'idle', ringing: 'ringing', 'in-call': 'inCall', talking: 'talking' }[state];
    const status = one(section, '.state');
    const text = section.dataset[words] ?? '';
    if (status.textContent !== text) status.textContent = text;
    this.#showHeard(heard);
    const may = { dial: state === 'idle', 'pick-up': state === 'ringing', 'hang-up': state !== 'idle' };
    for (const [act, allowed] of Object.entries(may)) {
      const button = section.querySelector<HTMLButtonElement>(`[data-act="${act}"]`);
      if (button !== null) button.disabled = !allowed;
    }
    for (const key of section.querySelectorAll<HTMLButtonElement>('[data-key]'))
      key.disabled = state !== 'in-call';
  }

  #showHeard(heard: readonly string[]): void {
    const log = one(this.#section, '.heard');
    const shown = [...log.children].map(({ textContent }) => textContent);
    if (shown.some((text, index) => text !== heard[index])) log.replaceChildren();
    for (const text of heard.slice(log.children.length)) {
      const line = document.createElement('p');
      line.textContent = text;
      log.append(line);
    }
    log.scrollTop = log.scrollHeight;
  }

  #clicked({ target }: Event): void {
    if (!(target instanceof HTMLButtonElement)) return;
    const { act, key } = target.dataset;
    if (key !== undefined) this.#press(key);
    else if (act === 'dial') void this.#dial();
    else if (act === 'pick-up' || act === 'hang-up') void post(act, { phone: this.name });
  }

  async #dial(): Promise<void> {
    const { outcome } = (await (await post('dial', {})).json()) as { outcome: string };
    if (outcome === 'no-network')
      one(this.#section, '.state').textContent = this.#section.dataset.noNetwork ?? '';
  }

  #press(key: string): void {
    this.#keys += key;
    window.clearTimeout(this.#timer);
    if (key === '#') this.#sendKeys();
    else this.#timer = window.setTimeout(() => this.#sendKeys(), KEYS_TOGETHER_MS);
  }

  #sendKeys(): void {
    const keys = this.#keys;
    this.#keys = '';
    if (keys !== '') void post('keys', { phone: this.name, keys });
  }
}

const phones = [...document.querySelectorAll<HTMLElement>('[data-phone]')].map(
  (section) => new Phone(section),
);
const aloud = one<HTMLInputElement>(document, '#aloud');

new EventSource('/telephone/events').addEventListener('message', ({ data }) => {
  const { phones: looks, said } = JSON.parse(String(data)) as ExchangeEvent;
  for (const phone of phones) {
    const look = looks[phone.name];
    if (look !== undefined) phone.show(look);
  }
  if (said !== undefined && said.phone === 'caller' && aloud.checked) speak(said.text);
});

const form = one<HTMLFormElement>(document, '.speech');
const field = one<HTMLInputElement>(form, '#said');
const say = (text: string): void => {
  if (text.trim() !== '') void post('say', { phone: 'caller', text });
  field.value = '';
};
form.addEventListener('submit', (event) => {
  event.preventDefault();
  say(field.value);
});
if (recogniser() !== undefined) {
  one(form, '.microphone').hidden = false;
  one(form, '[data-act="microphone"]').addEventListener('click', () => listen(say));
}
