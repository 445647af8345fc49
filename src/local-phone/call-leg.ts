import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, Party } from './party.js';
import type { Rooms } from './rooms.js';
import type { Fields, PostSigned } from './signed-webhook.js';
import { parseTwiml, type Verb } from './twiml.js';

export interface LegOptions {
  sid: string;
  /** First document. */
  url: string;
  /** Where the carrier goes when `url` or a later document fails; held by the carrier, as a number's fallback. */
  fallbackUrl?: string;
  /** Fields every request carries: From, To, AccountSid, Direction. */
  fields: Fields;
  party: Party;
  rooms: Rooms;
  post: PostSigned;
  /** Told when the leg is over, if somebody asked to know. */
  statusCallback: string | undefined;
  /** Real milliseconds that a second on the phone lasts. */
  secondMs: number;
}

export type LegEnd = { kind: 'completed' } | { kind: 'failed'; status: number };

/** A call is not endless: more documents than this and it is cut. */
const MAX_DOCUMENTS = 2_000;
const DEFAULT_GATHER_SECONDS = 5;
const DEFAULT_PAUSE_SECONDS = 1;

/** Where to go after a verb: the next one, another document, or the end. */
type Next = { kind: 'on' } | { kind: 'go'; url: string; fields: Fields } | { kind: 'end' };
const ON: Next = { kind: 'on' };
const END: Next = { kind: 'end' };

/** One phone in one call: fetches documents as Twilio would, and does what they say. */
export class CallLeg {
  readonly #options: LegOptions;
  #status = 'ringing';
  #over = false;

  constructor(options: LegOptions) {
    this.#options = options;
  }

  /** Ends the call from outside: somebody hung up, or the API asked for it. */
  hangUp(): void {
    this.#over = true;
  }

  async run(): Promise<LegEnd> {
    let next: Next = { kind: 'go', url: this.#options.url, fields: {} };
    let end: LegEnd = { kind: 'completed' };
    for (let count = 0; next.kind === 'go' && !this.#over && count < MAX_DOCUMENTS; count += 1) {
      const { url }: { url: string } = next;
      const { status, body } = await this.#document(url, next.fields);
      if (status !== 200) {
        end = { kind: 'failed', status };
        break;
      }
      this.#status = 'in-progress';
      next = await this.#play(parseTwiml(body), url);
    }
    await this.#tellEnd();
    return end;
  }

  /** A document, or the fallback's in its place; without a fallback the failure itself. */
  async #document(url: string, fields: Fields): Promise<{ status: number; body: string }> {
    const { fallbackUrl } = this.#options;
    try {
      const answer = await this.#fetch(url, fields);
      if (answer.status < 500 || fallbackUrl === undefined) return answer;
    } catch (error) {
      if (fallbackUrl === undefined) throw error;
    }
    return this.#fetch(fallbackUrl, { ...fields, ErrorCode: '11200', ErrorUrl: url });
  }

  #fetch(url: string, fields: Fields): Promise<{ status: number; body: string }> {
    const { sid, post } = this.#options;
    return post(url, {
      ...this.#options.fields,
      CallSid: sid,
      CallStatus: this.#status,
      ApiVersion: '2010-04-01',
      ...fields,
    });
  }

  async #tellEnd(): Promise<void> {
    const { statusCallback } = this.#options;
    this.#status = 'completed';
    // Nobody hears what becomes of a status callback.
    if (statusCallback !== undefined) await this.#fetch(statusCallback, {}).catch(() => undefined);
  }

  async #play(verbs: readonly Verb[], url: string): Promise<Next> {
    for (const verb of verbs) {
      if (this.#over) return END;
      const next = await this.#do(verb, url);
      if (next.kind !== 'on') return next;
    }
    // Twilio hangs up when a document has nothing more to do.
    return END;
  }

  async #do(verb: Verb, url: string): Promise<Next> {
    switch (verb.name) {
      case 'Say':
        return this.#say(verb);
      case 'Pause':
        await this.#seconds(Number(verb.attributes.length ?? DEFAULT_PAUSE_SECONDS));
        return ON;
      case 'Gather':
        return this.#gather(verb, url);
      case 'Redirect':
        return { kind: 'go', url: new URL(verb.text, url).toString(), fields: {} };
      case 'Dial':
        return this.#dial(verb, url);
      case 'Play':
        return ON;
      default:
        return END;
    }
  }

  #say(verb: Verb): Next {
    this.#options.party.hear(verb.text);
    return ON;
  }

  async #gather(verb: Verb, url: string): Promise<Next> {
    for (const inner of verb.children) if (inner.name === 'Say') this.#say(inner);
    const patience = Number(verb.attributes.timeout ?? DEFAULT_GATHER_SECONDS);
    const answer = gathered(verb, await this.#options.party.answer(patience));
    if (answer.kind === 'hang-up') return END;
    const action = new URL(verb.attributes.action ?? url, url).toString();
    if (answer.kind === 'keys') return { kind: 'go', url: action, fields: { Digits: answer.keys } };
    if (answer.kind === 'speech')
      return { kind: 'go', url: action, fields: { SpeechResult: answer.text, Confidence: '0.9' } };
    await this.#seconds(patience);
    if (verb.attributes.actionOnEmptyResult === 'true') return { kind: 'go', url: action, fields: {} };
    return ON;
  }

  async #dial(verb: Verb, url: string): Promise<Next> {
    const [room] = verb.children.filter(({ name }) => name === 'Conference');
    if (room === undefined) {
      this.#options.party.hear(`[${verb.text === '' ? 'transfert' : verb.text}]`);
      return END;
    }
    const { party, rooms } = this.#options;
    await party.talk(rooms.enter(room.text));
    rooms.leave(room.text);
    const { action } = verb.attributes;
    if (action === undefined) return ON;
    return { kind: 'go', url: new URL(action, url).toString(), fields: { DialCallStatus: 'completed' } };
  }

  #seconds(seconds: number): Promise<void> {
    return wait(seconds * this.#options.secondMs);
  }
}

/** What a Gather takes of an answer: only what it listens to, up to its terminator and its number of digits. */
function gathered(verb: Verb, answer: Answer): Answer {
  const input = (verb.attributes.input ?? 'dtmf').split(' ');
  if (answer.kind === 'speech') return input.includes('speech') ? answer : { kind: 'silence' };
  if (answer.kind !== 'keys') return answer;
  if (!input.includes('dtmf')) return { kind: 'silence' };
  const terminator = verb.attributes.finishOnKey ?? '#';
  const end = terminator === '' ? -1 : answer.keys.indexOf(terminator);
  const keys = end < 0 ? answer.keys : answer.keys.slice(0, end);
  const limit = Number(verb.attributes.numDigits ?? keys.length);
  return keys === '' ? { kind: 'silence' } : { kind: 'keys', keys: keys.slice(0, limit) };
}
