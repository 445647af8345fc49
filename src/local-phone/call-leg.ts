import { type CallStatus, eventOf, isFinal } from './callee.js';
import { DEFAULT_GATHER_SECONDS, gathered, isUnfinished } from './gather.js';
import type { LegEnd, LegOptions, Next } from './leg-options.js';
import { output } from './outputs.js';
import type { Fields, Method } from './signed-webhook.js';
import { parseTwiml, TwimlError, type Verb } from './twiml.js';

/** A call is not endless: more documents than this and it is cut. */
const MAX_DOCUMENTS = 2_000;
const STATUS_ATTEMPTS = 2;

const ON: Next = { kind: 'on' };
const END: Next = { kind: 'end' };

/** One phone in one call: fetches documents as Twilio would, and does what they say. */
export class CallLeg {
  readonly options: LegOptions;
  #status: CallStatus = 'ringing';
  #over = false;
  #stop = new AbortController();
  #stopped = aborted(this.#stop.signal);
  #update: Next | undefined;
  #started = 0;
  /** A document said so, which is not the same as having nothing more to do. */
  #hungUp = false;

  constructor(options: LegOptions) {
    this.options = options;
  }

  get status(): CallStatus {
    return this.#status;
  }

  get isOver(): boolean {
    return this.#over;
  }

  /** Aborts when the call is ended, or sent elsewhere. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Seconds since the call was answered. */
  get duration(): number {
    return Math.round(this.options.clock.now() - this.#started);
  }

  /** Ends the call from outside: somebody hung up, or the API asked for it. */
  hangUp(): void {
    this.#over = true;
    this.#stop.abort();
  }

  /** A live call is sent elsewhere by the API, whatever it is doing. */
  update(to: { url: string; method?: Method } | { xml: string }): void {
    this.#update =
      'xml' in to
        ? { kind: 'document', xml: to.xml }
        : { kind: 'go', url: to.url, method: to.method ?? 'POST', fields: {} };
    this.#stop.abort();
  }

  async run(): Promise<LegEnd> {
    const { url, method = 'POST' } = this.options;
    const end = await this.#follow({ kind: 'go', url, method, fields: {} }).catch(
      (error: unknown): LegEnd => {
        if (error instanceof TwimlError) return { kind: 'twiml-error', message: error.message };
        throw error;
      },
    );
    await this.tell(end.kind === 'rejected' && end.reason === 'busy' ? 'busy' : 'completed');
    return end;
  }

  /** Plays the first document only, to somebody who is about to be put through. @returns whether they may be */
  async playWhisper(): Promise<boolean> {
    const { url, method = 'POST' } = this.options;
    const end = await this.#follow({ kind: 'go', url, method, fields: {} });
    return end.kind === 'completed' && !this.#hungUp && !this.#over;
  }

  /** The call has a new status; whoever asked is told. */
  async tell(status: CallStatus): Promise<void> {
    this.#status = status;
    if (status === 'in-progress') this.#started = this.options.clock.now();
    const { statusCallback, statusEvents = ['completed'] } = this.options;
    const event = eventOf(status);
    if (statusCallback === undefined || event === undefined || !statusEvents.includes(event)) return;
    const duration: Fields = isFinal(status) ? { CallDuration: String(this.duration) } : {};
    for (let attempt = 0; attempt < STATUS_ATTEMPTS; attempt += 1) {
      // Nobody hears what becomes of a status callback; one that could not be delivered is sent once more.
      const answer = await this.#fetch({ url: statusCallback, fields: duration }).catch(() => undefined);
      if (answer !== undefined && answer.status < 500) return;
    }
  }

  async #follow(first: Next): Promise<LegEnd> {
    let next: Next = first;
    let base: { url: string; method: Method } = { url: this.options.url, method: 'POST' };
    for (let count = 0; count < MAX_DOCUMENTS && !this.#over; count += 1) {
      if (next.kind === 'end') return next.end ?? { kind: 'completed' };
      if (next.kind === 'go') base = { url: next.url, method: next.method };
      const answer: { status: number; body: string } =
        next.kind === 'go'
          ? await this.#document(next)
          : { status: 200, body: next.kind === 'document' ? next.xml : '' };
      if (answer.status !== 200) return { kind: 'failed', status: answer.status };
      next = await this.#play(parseTwiml(answer.body), base);
    }
    return { kind: 'completed' };
  }

  /** A document, or the fallback's in its place; without a fallback the failure itself. */
  async #document({
    url,
    method,
    fields,
  }: Extract<Next, { kind: 'go' }>): Promise<{ status: number; body: string }> {
    const { fallbackUrl } = this.options;
    try {
      const answer = await this.#fetch({ url, method, fields });
      if (answer.status < 500 || fallbackUrl === undefined) return answer;
    } catch (error) {
      if (fallbackUrl === undefined) throw error;
    }
    return this.#fetch({ url: fallbackUrl, fields: { ...fields, ErrorCode: '11200', ErrorUrl: url } });
  }

  #fetch(webhook: {
    url: string;
    method?: Method;
    fields: Fields;
  }): Promise<{ status: number; body: string }> {
    const { sid, send, clock } = this.options;
    const known = {
      ...this.options.fields,
      CallSid: sid,
      CallStatus: this.#status,
      ApiVersion: '2010-04-01',
    };
    return clock.during(send({ ...webhook, fields: { ...known, ...webhook.fields } }));
  }

  async #play(verbs: readonly Verb[], base: { url: string; method: Method }): Promise<Next> {
    for (const verb of verbs) {
      if (this.#over) return END;
      const next = await this.#do(verb, base);
      const update = this.#update;
      if (update !== undefined && !this.#over) {
        this.#update = undefined;
        this.#stop = new AbortController();
        this.#stopped = aborted(this.#stop.signal);
        return update;
      }
      if (next.kind !== 'on') return next;
    }
    // Twilio hangs up when a document has nothing more to do.
    return END;
  }

  async #do(verb: Verb, base: { url: string; method: Method }): Promise<Next> {
    if (verb.name === 'Reject')
      return {
        kind: 'end',
        end: { kind: 'rejected', reason: verb.attributes.reason === 'busy' ? 'busy' : 'rejected' },
      };
    if (this.#status === 'ringing') await this.tell('in-progress');
    switch (verb.name) {
      case 'Say':
      case 'Play':
      case 'Pause':
        await this.#output(verb);
        return ON;
      case 'Gather':
        return this.#gather(verb, base);
      case 'Redirect':
        return redirect(verb, base.url);
      case 'Dial':
        return this.#dial(verb, base.url);
      default:
        this.#hungUp = true;
        return END;
    }
  }

  #output(verb: Verb): Promise<void> {
    return output(verb, { ...this.options, signal: this.#stop.signal });
  }

  async #gather(verb: Verb, base: { url: string; method: Method }): Promise<Next> {
    await this.#prompt(verb.children);
    const patience = Number(verb.attributes.timeout ?? DEFAULT_GATHER_SECONDS);
    const { signal } = this.#stop;
    const given = await Promise.race([this.options.party.answer(patience), this.#stopped]);
    if (given === 'aborted') return ON;
    const answer = gathered(verb, given);
    if (answer.kind === 'hang-up') return END;
    const action = new URL(verb.attributes.action ?? base.url, base.url).toString();
    const method = methodOf(verb);
    if (answer.kind === 'speech')
      return { kind: 'go', url: action, method, fields: { SpeechResult: answer.text, Confidence: '0.9' } };
    // The phone waits for more keys, or for a first word, as long as it was told to.
    if (
      answer.kind === 'silence'
        ? !pressed(given)
        : isUnfinished(verb, given.kind === 'keys' ? given.keys : '')
    )
      await this.options.clock.sleep(patience, signal);
    if (answer.kind === 'keys') return { kind: 'go', url: action, method, fields: { Digits: answer.keys } };
    if (verb.attributes.actionOnEmptyResult === 'true')
      return { kind: 'go', url: action, method, fields: {} };
    return ON;
  }

  /** What a Gather says, until the party speaks or presses a key. */
  async #prompt(verbs: readonly Verb[]): Promise<void> {
    const cut = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, cut.signal]);
    void this.options.party.interrupted?.().then(() => cut.abort());
    for (const verb of verbs) if (!signal.aborted) await output(verb, { ...this.options, signal });
  }

  async #dial(verb: Verb, url: string): Promise<Next> {
    const [room] = verb.children.filter(({ name }) => name === 'Conference');
    const closes = room?.attributes.endConferenceOnExit === 'true';
    const fields = room === undefined ? await this.#dialOut(verb) : await this.meet(room.text, closes);
    const { action } = verb.attributes;
    if (action === undefined) return ON;
    return { kind: 'go', url: new URL(action, url).toString(), method: methodOf(verb), fields };
  }

  async #dialOut(verb: Verb): Promise<Fields> {
    const { dial, party } = this.options;
    if (dial !== undefined) return dial(this, verb, this.#stop.signal);
    party.hear(
      `[${[verb.text, ...verb.children.map(({ text }) => text)].filter((text) => text !== '').join(', ')}]`,
    );
    return { DialCallStatus: 'failed' };
  }

  /** Talks in a room until this party leaves it, the room closes, or the call is ended. */
  async meet(name: string, closes: boolean): Promise<Fields> {
    const { party, rooms, clock, sid } = this.options;
    const room = rooms.enter(name, sid, closes);
    await Promise.race([party.talk(room, clock), room.closed, this.#stopped]);
    rooms.leave(name, sid);
    return { DialCallStatus: 'completed' };
  }
}

const methodOf = (verb: Verb): Method => (verb.attributes.method?.toUpperCase() === 'GET' ? 'GET' : 'POST');
const pressed = (answer: { kind: string }): boolean => answer.kind === 'keys';

const aborted = (signal: AbortSignal): Promise<'aborted'> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'));
  });

function redirect(verb: Verb, base: string): Next {
  if (verb.text === '') throw new TwimlError('<Redirect> is empty');
  return { kind: 'go', url: new URL(verb.text, base).toString(), method: methodOf(verb), fields: {} };
}
