import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CodedError } from '../kernel/errors.js';
import type { CommandIo } from './command.js';
import { Heard } from './script.js';

/** The service answers a message after its turn; more than this is a service in trouble. */
const TIMEOUT_MS = 15_000;
/** Long letters come a few at a time. */
const READS_AT_ONCE = 100;

const tokenSchema = z.object({ token: z.string(), conversationId: z.string() });
const setSchema = z.object({
  watermark: z.string(),
  activities: z.array(
    z.object({
      type: z.string(),
      text: z.string().optional(),
      from: z.object({ role: z.string().optional(), name: z.string().optional() }).optional(),
      suggestedActions: z.object({ actions: z.array(z.object({ title: z.string() })) }).optional(),
    }),
  ),
});
type SeenActivity = z.infer<typeof setSchema>['activities'][number];

/** One conversation over Direct Line; each message waits for its answer. */
export class ChatSession {
  readonly heard = new Heard();
  readonly #base: string;
  readonly #io: Pick<CommandIo, 'out'>;
  #token = '';
  #path = '';
  #watermark = '';
  #over = false;
  #reading: Promise<void> = Promise.resolve();

  constructor(base: string, io: Pick<CommandIo, 'out'>) {
    this.#base = base.replace(/\/+$/, '');
    this.#io = io;
  }

  /** The service has ended the conversation. */
  get over(): boolean {
    return this.#over;
  }

  async open(language: string): Promise<void> {
    const answer = await this.#call('POST', '/api/chat/token', { language });
    const { token, conversationId } = tokenSchema.parse(answer);
    this.#token = token;
    this.#path = `/v3/directline/conversations/${conversationId}/activities`;
    await this.read();
  }

  async say(text: string): Promise<void> {
    this.#io.out(`> ${text}`);
    this.heard.clear();
    const channelData = { clientActivityID: randomUUID() };
    await this.#call('POST', this.#path, { type: 'message', text, channelData });
    await this.read();
  }

  /** Prints what has come since the last time; one reading at a time, so that nothing is printed twice. */
  read(): Promise<void> {
    const next = this.#reading.then(() => this.#readAll());
    this.#reading = next.catch(() => undefined);
    return next;
  }

  async #readAll(): Promise<void> {
    for (let count = 0; count < READS_AT_ONCE; count += 1) {
      const set = setSchema.parse(await this.#call('GET', `${this.#path}?watermark=${this.#watermark}`));
      if (set.watermark === this.#watermark) return;
      this.#watermark = set.watermark;
      for (const activity of set.activities) this.#show(activity);
    }
  }

  #show({ type, text, from, suggestedActions }: SeenActivity): void {
    if (type === 'endOfConversation') this.#over = true;
    if (type !== 'message' || text === undefined || from?.role === 'user') return;
    const titles = suggestedActions?.actions.map(({ title }) => `[${title}]`).join(' ') ?? '';
    this.heard.add(text);
    this.heard.add(titles);
    this.#io.out(from?.name ? `${from.name} : ${text}` : text);
    if (titles !== '') this.#io.out(`  ${titles}`);
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await this.#fetch(path, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.status === 404)
      throw new CodedError('not-found', 'The conversation is over; start a new one.');
    if (!response.ok)
      throw new CodedError('unavailable', `The service answered ${response.status} to ${method}.`);
    return response.json();
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(`${this.#base}${path}`, init);
    } catch (cause) {
      throw new CodedError('unavailable', `No service answers at ${this.#base}; start it: npm run demo.`, {
        cause,
      });
    }
  }
}
