import { SaxesParser } from 'saxes';
import { signatureOf } from '../../src/local-phone/signed-webhook.js';
import type { TestService } from './running-service.js';

/** What one document does, as far as a test looks at it. */
export interface Heard {
  status: number;
  xml: string;
  verbs: string[];
  /** Everything said, one line a sentence. */
  said: string;
  /** Where keys and words go. */
  action: string;
  /** Where silence goes. */
  next: string;
}

let made = 0;

export const newCallSid = (): string => {
  made += 1;
  return `CA${made.toString(16).padStart(32, 'e')}`;
};

/** Posts to the service as the carrier does, signed. */
export async function postSigned(
  running: TestService,
  address: string,
  fields: Record<string, string>,
): Promise<{ status: number; body: string }> {
  const url = new URL(address, running.url).toString();
  const token = running.environment.TWILIO_AUTH_TOKEN ?? '';
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signatureOf(token, url, fields),
    },
    body: new URLSearchParams(fields).toString(),
  });
  return { status: response.status, body: await response.text() };
}

/** One phone in one call, moved by hand: each document is looked at, and answered or not. */
export class WebhookPhone {
  readonly sid = newCallSid();
  readonly #running: TestService;
  readonly #from: string;
  last: Heard = readDocument(200, '<Response/>');

  constructor(running: TestService, from = '+266696687') {
    this.#running = running;
    this.#from = from;
  }

  async post(address: string, fields: Record<string, string> = {}): Promise<Heard> {
    const all = {
      CallSid: this.sid,
      From: this.#from,
      To: '+33100000000',
      CallStatus: 'in-progress',
      ...fields,
    };
    const { status, body } = await postSigned(this.#running, address, all);
    this.last = readDocument(status, body);
    // Nobody can do anything between being told that somebody is there and being put through.
    if (!this.last.next.startsWith('/twilio/enter')) return this.last;
    const told = this.last;
    const entered = await this.post(told.next);
    this.last = { ...entered, said: told.said + entered.said };
    return this.last;
  }

  dial(): Promise<Heard> {
    return this.post('/twilio/voice', { CallStatus: 'ringing' });
  }

  say(words: string): Promise<Heard> {
    return this.post(this.last.action, { SpeechResult: words });
  }

  keys(keys: string): Promise<Heard> {
    return this.post(this.last.action, { Digits: keys });
  }

  /** Says nothing: goes where the document goes then. */
  silence(): Promise<Heard> {
    return this.post(this.last.next);
  }

  async hangUp(): Promise<void> {
    await postSigned(this.#running, '/twilio/status', { CallSid: this.sid, CallStatus: 'completed' });
  }
}

function readDocument(status: number, xml: string): Heard {
  const heard: Heard = { status, xml, verbs: [], said: '', action: '', next: '' };
  if (!xml.startsWith('<')) return heard;
  const parser = new SaxesParser();
  let inside = '';
  parser.on('opentag', ({ name, attributes }) => {
    heard.verbs.push(name);
    inside = name;
    if (name === 'Gather') heard.action = String(attributes.action);
    if (name === 'Dial' && attributes.action !== undefined) heard.action = String(attributes.action);
  });
  parser.on('text', (text) => {
    if (inside === 'Redirect') heard.next = text;
    else if (text.trim() !== '') heard.said += `${text}\n`;
  });
  parser.write(xml).close();
  return heard;
}
