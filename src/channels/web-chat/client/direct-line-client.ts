import { type Activity, parseSet } from './activity.js';
import type { ChatState } from './chat-state.js';
import { listen } from './listen.js';
import { forgetSession, keepSession, readSession, type Session } from './session.js';

export interface ChatEvents {
  activity(activity: Activity): void;
  /** The connection was lost, or is back. */
  connected(isConnected: boolean): void;
  over(): void;
}

export type SendOutcome = 'sent' | 'too-long' | 'failed' | 'over';
type Round = 'ok' | 'failed' | 'gone';

const POLL_MS = 2_500;
const LONGEST_PAUSE_MS = 15_000;
const REFRESH_MS = 15 * 60_000;
const REQUEST_MS = 20_000;
const TOKEN = '/api/chat/token';
/** A conversation waits its turn to be opened when many come at once. */
const TOKEN_MS = 90_000;
const FAILURES_BEFORE_POLLING = 2;

/** One conversation over Direct Line 3.0: by socket where it passes, by asking again where it does not. */
export class DirectLineClient {
  #session: Session | undefined;
  #watermark = '';
  /** Kept in memory while the page is open: a machine that slept longer than a token lives comes back with it. */
  #resumeCode = '';
  #socketFailures = 0;
  #closed = false;
  #hurry: () => void = () => undefined;
  #opened: () => void = () => undefined;
  /** What is sent before the conversation is open waits for it. */
  readonly #open = new Promise<void>((resolve) => {
    this.#opened = resolve;
  });
  #stopListening: () => void = () => undefined;
  readonly #seen = new Set<string>();
  readonly #events: ChatEvents;
  readonly #language: string;

  constructor(events: ChatEvents, language: string) {
    this.#events = events;
    this.#language = language;
  }

  /** Follows the conversation of this tab, or a new one, until it is over. */
  async follow(): Promise<void> {
    this.#session = readSession();
    const refresh = setInterval(() => void this.#refresh(), REFRESH_MS);
    const online = (): void => this.#hurry();
    addEventListener('online', online);
    let failures = 0;
    while (!this.#closed) {
      const round = await this.#round();
      failures = round === 'failed' ? failures + 1 : 0;
      if (round === 'failed' && !this.#closed) this.#events.connected(false);
      if (round === 'gone') await this.#renew();
      await this.#pause(round === 'failed' ? backOff(failures) : this.#rest());
    }
    clearInterval(refresh);
    removeEventListener('online', online);
  }

  /** @param key the same for the same text: a second try of a message that arrived is not a second message */
  async send(text: string, key: string): Promise<SendOutcome> {
    await Promise.race([this.#open, afterMs(REQUEST_MS)]);
    if (this.#session === undefined) return 'failed';
    const body = { type: 'message', text, channelData: { clientActivityID: key } };
    const post = () => this.#call('POST', `${this.#path()}/activities`, body);
    let response = await post();
    if (response?.status === 401 && (await this.#recover())) response = await post();
    if (response === undefined) return 'failed';
    if (response.ok) this.#hurry();
    if (response.ok) return 'sent';
    if (response.status === 413) return 'too-long';
    return isGone(response) ? 'over' : 'failed';
  }

  /** The page is being left: nothing stays here, and the service is told on the way out. */
  leave(): void {
    const token = this.#session?.token;
    this.close();
    if (token !== undefined) navigator.sendBeacon('/api/chat/leave', token);
  }

  async state(): Promise<ChatState | undefined> {
    if (this.#session === undefined || this.#closed) return undefined;
    const response = await this.#call('GET', '/api/chat/state');
    if (response?.ok !== true) return undefined;
    const state = (await response.json()) as ChatState;
    this.#resumeCode = state.resumeCode ?? '';
    return state;
  }

  async resume(code: string): Promise<Session | 'unknown' | 'failed'> {
    const response = await this.#call('POST', '/api/chat/resume', { code });
    if (response === undefined) return 'failed';
    return response.ok ? ((await response.json()) as Session) : 'unknown';
  }

  async erase(): Promise<boolean> {
    const response = await this.#call('POST', '/api/chat/erase');
    if (response?.ok === true) this.close();
    return response?.ok === true;
  }

  /** Ends this client and forgets the conversation. */
  close(): void {
    this.#closed = true;
    forgetSession();
    this.#stopListening();
    this.#hurry();
  }

  async #round(): Promise<Round> {
    this.#session ??= await this.#start();
    if (this.#session === undefined) return 'failed';
    this.#opened();
    return this.#socketFailures < FAILURES_BEFORE_POLLING ? this.#stream() : this.#poll();
  }

  async #start(): Promise<Session | undefined> {
    const response = await this.#call('POST', TOKEN, { language: this.#language });
    if (response?.ok !== true) return undefined;
    const session = (await response.json()) as Session;
    if (!this.#closed) keepSession(session);
    return session;
  }

  async #stream(): Promise<Round> {
    const response = await this.#call('GET', `${this.#path()}?watermark=${this.#watermark}`);
    if (response?.ok !== true) return response !== undefined && isGone(response) ? 'gone' : 'failed';
    const { streamUrl } = (await response.json()) as { streamUrl: string };
    if (this.#closed) return 'ok';
    const listening = listen(streamUrl, {
      opened: () => this.#events.connected(true),
      frame: (frame) => this.#receive(frame),
    });
    this.#stopListening = listening.stop;
    const opened = await listening.closed;
    this.#socketFailures = opened ? 0 : this.#socketFailures + 1;
    return 'ok';
  }

  async #poll(): Promise<Round> {
    const response = await this.#call('GET', `${this.#path()}/activities?watermark=${this.#watermark}`);
    if (response?.ok !== true) return response !== undefined && isGone(response) ? 'gone' : 'failed';
    this.#receive(await response.text());
    this.#events.connected(true);
    return 'ok';
  }

  /** What is gone when the page comes back is begun anew; what goes while it is open is over. */
  async #renew(): Promise<void> {
    if (await this.#recover()) return;
    forgetSession();
    this.#session = undefined;
    this.#watermark = '';
    if (this.#seen.size > 0) this.#end();
  }

  /** @returns whether the conversation goes on under a new token */
  async #recover(): Promise<boolean> {
    if (this.#resumeCode === '' || this.#closed) return false;
    const session = await this.resume(this.#resumeCode);
    if (typeof session === 'string' || this.#closed) return false;
    this.#session = session;
    keepSession(session);
    return true;
  }

  #end(): void {
    if (this.#closed) return;
    this.close();
    this.#events.over();
  }

  async #refresh(): Promise<void> {
    const response = await this.#call('POST', '/v3/directline/tokens/refresh');
    if (response?.ok !== true || this.#closed) return;
    this.#session = (await response.json()) as Session;
    keepSession(this.#session);
  }

  #receive(frame: string): void {
    const set = parseSet(frame);
    if (set === undefined || this.#closed) return;
    if (set.watermark !== undefined) this.#watermark = set.watermark;
    for (const activity of set.activities) this.#deliver(activity);
  }

  #deliver(activity: Activity): void {
    const { id = '' } = activity;
    if (this.#seen.has(id)) return;
    if (activity.type === 'message') this.#seen.add(id);
    if (activity.type === 'endOfConversation') this.#end();
    else this.#events.activity(activity);
  }

  #path(): string {
    return `/v3/directline/conversations/${this.#session?.conversationId ?? ''}`;
  }

  /** @returns `undefined` when nobody answered, or the service is in trouble */
  async #call(method: string, path: string, body?: object): Promise<Response | undefined> {
    const headers = new Headers({ 'accept-language': this.#language, 'content-type': 'application/json' });
    if (this.#session !== undefined) headers.set('authorization', `Bearer ${this.#session.token}`);
    const signal = AbortSignal.timeout(path === TOKEN ? TOKEN_MS : REQUEST_MS);
    try {
      const content = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(path, { method, headers, signal, cache: 'no-store', ...content });
      return response.status >= 500 ? undefined : response;
    } catch {
      return undefined;
    }
  }

  #rest(): number {
    return this.#socketFailures < FAILURES_BEFORE_POLLING ? 500 * Math.random() : POLL_MS;
  }

  #pause(ms: number): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

const afterMs = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

const isGone = ({ status }: Response): boolean => status === 404 || status === 401;

/** 1, 2, 4, 8, 15 seconds, not the same for everybody. */
const backOff = (failures: number): number =>
  Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures) * (0.75 + Math.random() / 2);
