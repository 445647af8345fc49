import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import type { Random } from '../../src/kernel/random.js';

export interface FuzzOutcome {
  /** How many answers had each status; `0` is a connection closed without one. */
  statuses: Map<number, number>;
  /** What was asked where the service failed, without its body. */
  failures: string[];
}

export interface FuzzParts {
  base: string;
  random: Random;
  cases: number;
  /** Called after each thousand. */
  progress?: (done: number) => void;
}

interface Door {
  base: string;
  token: string;
  id: string;
}

const AT_ONCE = 16;
const WAITS_MS = 30_000;
/** A new conversation costs its place in the queue: few of them, and often spoken to. */
const SAYS_PER_DOOR = 200;

/** Sends malformed requests, bytes and frames to the chat's doors, the same for the same random source. */
export async function fuzzChat({ base, random, cases, progress }: FuzzParts): Promise<FuzzOutcome> {
  const outcome: FuzzOutcome = { statuses: new Map(), failures: [] };
  const plan = planner(random);
  let door = await openDoor(base);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < cases) {
      const number = next;
      next += 1;
      if (number % SAYS_PER_DOOR === SAYS_PER_DOOR - 1) door = await openDoor(base);
      const { name, act } = plan(door);
      const status = await act();
      outcome.statuses.set(status, (outcome.statuses.get(status) ?? 0) + 1);
      if (status >= 500) outcome.failures.push(`${status} ${name}`);
      if (number % 1_000 === 999) progress?.(number + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return outcome;
}

async function openDoor(base: string): Promise<Door> {
  const response = await fetch(`${base}/api/chat/token`, { method: 'POST' });
  const { token, conversationId } = (await response.json()) as { token: string; conversationId: string };
  return { base, token, id: conversationId };
}

interface Case {
  name: string;
  act: () => Promise<number>;
}

function planner(random: Random): (door: Door) => Case {
  const pick = <T>(list: readonly T[]): T => list[random.integer(list.length)] as T;
  const junk = (most: number): Buffer => random.bytes(random.integer(most) + 1);
  const junkText = (): string => pick([() => junk(60).toString('latin1'), () => junk(60).toString('utf8')])();
  const value = (depth: number): unknown =>
    pick<() => unknown>([
      () => null,
      () => random.integer(2) === 0,
      () => -1e308,
      () => junkText(),
      () => '\u0000\ud800',
      () => 'x'.repeat(random.integer(3_000)),
      () => (depth > 3 ? [] : Array.from({ length: random.integer(4) }, () => value(depth + 1))),
      () => (depth > 3 ? {} : { [pick(FIELDS)]: value(depth + 1), [pick(FIELDS)]: value(depth + 1) }),
    ])();
  const body = (): Buffer | string =>
    pick<() => Buffer | string>([
      () => JSON.stringify({ type: pick(TYPES), [pick(FIELDS)]: value(0), text: value(2) }),
      () => JSON.stringify({ type: 'message', text: junkText(), channelData: value(1) }),
      () => JSON.stringify(value(0)),
      () => junk(400),
      () => `${'['.repeat(random.integer(4_000))}`,
      () => '{"__proto__":{"x":1},"constructor":{"prototype":{}},"type":"message","text":"a"}',
      () => (random.integer(50) === 0 ? 'y'.repeat(200_000) : ''),
    ])();
  const authorization = ({ token }: Door): string =>
    pick([
      () => `Bearer ${token}`,
      () => `Bearer ${token}`,
      () => `Bearer ${token.slice(0, -1 - random.integer(8))}`,
      () => `Bearer ${junk(40).toString('base64url')}`,
      () => `Basic ${junk(20).toString('base64')}`,
      () => '',
    ])();
  const segment = ({ id }: Door): string =>
    pick([
      () => id,
      () => id,
      () => encodeURIComponent(junk(20).toString('latin1')),
      () => '..%2f..',
      () => '%',
    ])();
  const path = (door: Door): string =>
    pick<() => string>([
      () => `/v3/directline/conversations/${segment(door)}/activities`,
      () => `/v3/directline/conversations/${segment(door)}/activities?watermark=${pick(MARKS)}`,
      () => `/v3/directline/conversations/${segment(door)}?watermark=${pick(MARKS)}&watermark=2`,
      () => `/v3/directline/conversations/${segment(door)}/upload`,
      () => '/v3/directline/conversations',
      () => pick(['/v3/directline/tokens/refresh', '/v3/directline/tokens/generate', '/api/chat/state']),
      () => pick(['/api/chat/resume', '/api/chat/erase/', '/api/chat/none', '/api/messages']),
      () => pick(['/', '/rendez-vous', '/confidentialite', '/accessibilite', '/?lang[]=x', '/assets/%00.js']),
      () => `/${encodeURIComponent(junk(30).toString('latin1'))}`,
    ])();

  const http = (door: Door): Case => {
    const method = pick(['GET', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH']);
    const target = path(door);
    const content = method === 'GET' || method === 'HEAD' ? '' : body();
    const headers = {
      authorization: authorization(door),
      'content-type': pick([
        'application/json',
        'text/plain',
        'multipart/form-data',
        'application/json; charset=x',
      ]),
      'accept-encoding': pick(['gzip', 'br', '*;q=0', '']),
      origin: pick(['null', 'https://elsewhere.example.invalid', '']),
      'content-length': Buffer.byteLength(content),
    };
    return {
      name: `${method} ${target}`,
      act: () => send(door.base, { method, path: target, headers, content }),
    };
  };
  const bytes = (door: Door): Case => ({
    name: 'bytes',
    act: () => raw(door.base, pick([junk(300), Buffer.from(`POST / HTTP/1.1\r\n${junkText()}\r\n\r\n`)])),
  });
  const upgrade = (door: Door): Case => ({
    name: 'upgrade',
    act: () =>
      raw(
        door.base,
        Buffer.from(
          `GET /v3/directline/conversations/${segment(door)}/stream?t=${junk(40).toString('base64url')}&watermark=${pick(MARKS)} HTTP/1.1\r\nHost: x\r\nUpgrade: ${pick(['websocket', 'h2c'])}\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${pick(['x', 'dGhlIHNhbXBsZSBub25jZQ=='])}\r\nSec-WebSocket-Version: ${pick(['13', '8'])}\r\n\r\n`,
        ),
      ),
  });
  const frames = (door: Door): Case => ({
    name: 'frames',
    act: () =>
      socket(door, pick([[junk(200)], [junk(5_000)], ['{}', '', '[', junkText()], [junk(10), junk(10)]])),
  });
  const kinds = [http, http, http, http, http, http, http, bytes, upgrade, frames];
  return (door) => pick(kinds)(door);
}

const FIELDS = [
  'type',
  'text',
  'attachments',
  'channelData',
  'from',
  'clientActivityID',
  'code',
  'language',
  'id',
  'x',
];
const TYPES = ['message', 'message', 'typing', 'event', 'endOfConversations', '', 'conversationUpdate'];
const MARKS = ['', '-1', '0', '1e9', 'NaN', '99999999999999999999', '%00', '1.5', 'a'.repeat(2_000)];

interface Sent {
  method: string;
  path: string;
  headers: Record<string, string | number>;
  content: Buffer | string;
}

/** @returns the status; 0 when the connection was closed instead */
function send(base: string, { method, path, headers, content }: Sent): Promise<number> {
  return new Promise((resolve) => {
    try {
      const { hostname, port } = new URL(base);
      const sent = httpRequest({ hostname, port, method, path, headers, timeout: WAITS_MS });
      sent.on('timeout', () => sent.destroy());
      sent.on('error', () => resolve(0));
      sent.on('response', (response) => {
        response.resume();
        response.on('close', () => resolve(response.statusCode ?? 0));
      });
      sent.end(content);
    } catch {
      resolve(0);
    }
  });
}

function raw(base: string, bytes: Buffer): Promise<number> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(base);
    const connection = connect(Number(port), hostname);
    let heard = '';
    connection.setTimeout(1_000, () => connection.destroy());
    connection.on('data', (part) => {
      heard += part.toString('latin1');
    });
    connection.on('error', () => undefined);
    connection.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1] ?? 0)));
    connection.end(bytes);
  });
}

/** A real stream on which nonsense is said. @returns 200 when it opened, 0 otherwise */
async function socket(door: Door, said: readonly (Buffer | string)[]): Promise<number> {
  const path = `${door.base}/v3/directline/conversations/${door.id}`;
  const response = await fetch(path, { headers: { authorization: `Bearer ${door.token}` } });
  const { streamUrl } = (await response.json()) as { streamUrl?: string };
  if (streamUrl === undefined) return response.status;
  return new Promise((resolve) => {
    const stream = new WebSocket(streamUrl);
    stream.on('error', () => resolve(0));
    stream.on('close', () => resolve(200));
    stream.on('open', () => {
      for (const words of said) stream.send(words);
      setTimeout(() => stream.terminate(), 20);
    });
  });
}
