import type { CallLeg } from '../call-leg.js';
import type { Callee } from '../callee.js';
import { Network } from '../network.js';
import type { Answer } from '../party.js';
import { PagePhone, type PhoneLook } from './page-phone.js';

export const PHONES = ['caller', 'psychologist', 'operator'] as const;
export type PhoneName = (typeof PHONES)[number];

/** `said`: what one of them has just heard, to be spoken. */
export interface ExchangeEvent {
  phones: Readonly<Record<PhoneName, PhoneLook>>;
  said?: { phone: PhoneName; text: string };
}

export interface ExchangeOptions {
  accountSid: string;
  authToken: string;
  /** Where the service reaches this network. */
  port: number;
  /** Origin of the service, known once it listens. */
  serviceUrl: () => string;
  /** Whose phone a number is. */
  phoneOf: (number: string) => PhoneName;
}

/** What Twilio sends for a caller who withholds the number. */
const WITHHELD = '+266696687';
const LINE = '+33100000000';
const SECOND_MS = 1_000;
/** The terminal's phone wants the same port: it is given back soon after a call. */
const CLOSES_AFTER_MS = 5_000;

/** Three phones on one page, on a telephone network of this machine that is there while somebody calls. */
export class Exchange {
  readonly #options: ExchangeOptions;
  readonly #phones: Record<PhoneName, PagePhone>;
  readonly #listeners = new Set<(event: ExchangeEvent) => void>();
  #network: Network | undefined;
  #caller: CallLeg | undefined;
  #closing: NodeJS.Timeout | undefined;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    const phone = (name: PhoneName): PagePhone => new PagePhone((text) => this.#tell(name, text));
    this.#phones = {
      caller: phone('caller'),
      psychologist: phone('psychologist'),
      operator: phone('operator'),
    };
  }

  now(): ExchangeEvent {
    const { caller, psychologist, operator } = this.#phones;
    return {
      phones: { caller: caller.look(), psychologist: psychologist.look(), operator: operator.look() },
    };
  }

  /** @returns a function that stops telling */
  subscribe(listener: (event: ExchangeEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `busy`: the caller's phone is in use. `no-network`: another telephone network has the port. */
  async dial(): Promise<'dialled' | 'busy' | 'no-network'> {
    const { caller } = this.#phones;
    if (!caller.isIdle) return 'busy';
    const network = await this.#open();
    if (network === undefined) return 'no-network';
    caller.dials();
    const base = this.#options.serviceUrl();
    this.#caller = network.dial({
      url: `${base}/twilio/voice`,
      from: WITHHELD,
      to: LINE,
      statusCallback: `${base}/twilio/status`,
      party: caller,
    });
    void this.#run(this.#caller, caller);
    return 'dialled';
  }

  async #run(leg: CallLeg, phone: PagePhone): Promise<void> {
    await leg.run().catch(() => undefined);
    phone.ended();
    this.#closeSoon();
  }

  pickUp(name: PhoneName): void {
    this.#phones[name].pickUp();
  }

  hangUp(name: PhoneName): void {
    if (name === 'caller' && this.#caller !== undefined) this.#caller.hangUp();
    this.#phones[name].hangUp();
  }

  press(name: PhoneName, answer: Answer): void {
    this.#phones[name].press(answer);
  }

  async close(): Promise<void> {
    clearTimeout(this.#closing);
    const network = this.#network;
    this.#network = undefined;
    for (const name of PHONES) this.hangUp(name);
    await network?.close();
  }

  #tell(phone: PhoneName, text: string | undefined): void {
    const event = text === undefined ? this.now() : { ...this.now(), said: { phone, text } };
    for (const listener of this.#listeners) listener(event);
  }

  async #open(): Promise<Network | undefined> {
    clearTimeout(this.#closing);
    if (this.#network !== undefined) return this.#network;
    const { accountSid, authToken, port } = this.#options;
    const network = new Network({
      ...{ accountSid, authToken, secondMs: SECOND_MS },
      callee: (number) => this.#callee(this.#phones[this.#options.phoneOf(number)]),
    });
    try {
      await network.listen(port);
    } catch {
      return undefined;
    }
    this.#network = network;
    return network;
  }

  /** A phone that is in use is busy. */
  #callee(phone: PagePhone): Callee {
    if (!phone.isIdle) return { behaviour: 'busy', party: phone };
    return {
      behaviour: 'answers',
      party: phone,
      picksUp: (signal) => phone.rings(signal),
      ended: () => {
        phone.ended();
        this.#closeSoon();
      },
    };
  }

  #closeSoon(): void {
    clearTimeout(this.#closing);
    this.#closing = setTimeout(() => {
      if (PHONES.some((name) => !this.#phones[name].isIdle)) return;
      const network = this.#network;
      this.#network = undefined;
      void network?.close();
    }, CLOSES_AFTER_MS);
    this.#closing.unref();
  }
}
