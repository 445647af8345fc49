/** An activity as this page uses it. */
export interface Activity {
  type: string;
  id: string;
  text?: string;
  from?: { name?: string };
  suggestedActions?: { actions: { title: string; value: string }[] };
  attachments?: { contentType: string; content: unknown }[];
  channelData?: { clientActivityID?: string; author?: string };
}

interface Session {
  token: string;
  conversationId: string;
}

export interface ChatEvents {
  activity(activity: Activity): void;
  /** The connection was lost, or is back. */
  connected(isConnected: boolean): void;
  over(): void;
}

export type SendOutcome = 'sent' | 'too-long' | 'failed' | 'over';

const STORED = 'conversation';
const POLL_MS = 2_500;
const RETRY_MS = 3_000;
const REFRESH_MS = 15 * 60_000;
const FAILURES_BEFORE_POLLING = 2;

/** One conversation over Direct Line 3.0: by socket where it passes, by asking again where it does not. */
export class DirectLineClient {
  #session: Session | undefined;
  #watermark = '';
  #socket: WebSocket | undefined;
  #failures = 0;
  #closed = false;
  readonly #seen = new Set<string>();
  readonly #events: ChatEvents;
  readonly #language: string;

  constructor(events: ChatEvents, language: string) {
    this.#events = events;
    this.#language = language;
  }

  async open(): Promise<void> {
    this.#session = readSession() ?? (await this.#start());
    setInterval(() => void this.#refresh(), REFRESH_MS);
    await this.#connect();
  }

  async send(text: string, key: string): Promise<SendOutcome> {
    const body = JSON.stringify({
      type: 'message',
      text,
      from: { id: 'dl_caller' },
      channelData: { clientActivityID: key },
    });
    try {
      const response = await this.#call('POST', `${this.#path()}/activities`, body);
      if (response.ok) return 'sent';
      if (response.status === 413) return 'too-long';
      return response.status === 404 || response.status === 401 ? 'over' : 'failed';
    } catch {
      return 'failed';
    }
  }

  /** Closes the conversation while the page is being left. */
  leave(): void {
    if (this.#session !== undefined) navigator.sendBeacon('/api/chat/leave', this.#session.token);
    this.#forget();
  }

  async erase(): Promise<boolean> {
    try {
      const response = await this.#call('POST', '/api/chat/erase');
      if (response.ok) this.#forget();
      return response.ok;
    } catch {
      return false;
    }
  }

  #forget(): void {
    this.#closed = true;
    this.#socket?.close();
    sessionStorage.removeItem(STORED);
  }

  #path(): string {
    return `/v3/directline/conversations/${this.#session?.conversationId ?? ''}`;
  }

  #call(method: string, path: string, body?: string): Promise<Response> {
    return fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${this.#session?.token ?? ''}`,
        'content-type': 'application/json',
        'accept-language': this.#language,
      },
      ...(body === undefined ? {} : { body }),
    });
  }

  async #start(): Promise<Session> {
    const response = await fetch('/api/chat/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ language: this.#language }),
    });
    if (!response.ok) throw new Error('the conversation could not be opened');
    const { token, conversationId } = (await response.json()) as Session;
    sessionStorage.setItem(STORED, JSON.stringify({ token, conversationId }));
    return { token, conversationId };
  }

  async #refresh(): Promise<void> {
    if (this.#session === undefined || this.#closed) return;
    const response = await this.#call('POST', '/v3/directline/tokens/refresh').catch(() => undefined);
    if (response?.ok !== true) return;
    const { token } = (await response.json()) as Session;
    this.#session = { ...this.#session, token };
    sessionStorage.setItem(STORED, JSON.stringify(this.#session));
  }

  async #connect(): Promise<void> {
    if (this.#closed) return;
    if (this.#failures >= FAILURES_BEFORE_POLLING) return this.#poll();
    try {
      const response = await this.#call('GET', `${this.#path()}?watermark=${this.#watermark}`);
      if (response.status === 404 || response.status === 401) return this.#restart();
      const { streamUrl } = (await response.json()) as { streamUrl: string };
      this.#listen(streamUrl);
    } catch {
      this.#later();
    }
  }

  #listen(address: string): void {
    const url = new URL(address);
    url.host = location.host;
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    this.#socket = socket;
    let opened = false;
    socket.onopen = () => {
      opened = true;
      this.#failures = 0;
      this.#events.connected(true);
    };
    socket.onmessage = ({ data }) => this.#receive(String(data));
    socket.onclose = () => {
      if (!opened) this.#failures += 1;
      this.#later();
    };
  }

  async #poll(): Promise<void> {
    try {
      const response = await this.#call('GET', `${this.#path()}/activities?watermark=${this.#watermark}`);
      if (response.status === 404 || response.status === 401) return this.#restart();
      this.#receive(await response.text());
      this.#events.connected(true);
      setTimeout(() => void this.#connect(), POLL_MS);
    } catch {
      this.#later();
    }
  }

  #later(): void {
    if (this.#closed) return;
    this.#events.connected(false);
    setTimeout(() => void this.#connect(), RETRY_MS);
  }

  /** A conversation that is gone when the page comes back is begun anew; one that goes while open is over. */
  async #restart(): Promise<void> {
    sessionStorage.removeItem(STORED);
    if (this.#seen.size > 0) {
      this.#closed = true;
      this.#events.over();
      return;
    }
    this.#session = await this.#start();
    await this.#connect();
  }

  #receive(frame: string): void {
    if (frame === '') return;
    const { activities, watermark } = JSON.parse(frame) as { activities: Activity[]; watermark?: string };
    if (watermark !== undefined) this.#watermark = watermark;
    for (const activity of activities) this.#deliver(activity);
  }

  #deliver(activity: Activity): void {
    if (this.#seen.has(activity.id)) return;
    this.#seen.add(activity.id);
    if (activity.type === 'message') this.#events.activity(activity);
    if (activity.type !== 'endOfConversation') return;
    this.#forget();
    this.#events.over();
  }
}

function readSession(): Session | undefined {
  const stored = sessionStorage.getItem(STORED);
  return stored === null ? undefined : (JSON.parse(stored) as Session);
}
