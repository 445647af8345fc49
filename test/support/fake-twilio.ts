import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv } from 'ajv';

interface Operation {
  query: Record<string, object>;
  body: object | null;
}
const { paths } = JSON.parse(
  readFileSync(new URL('../channels/twilio/twilio-requests.json', import.meta.url), 'utf8'),
) as { paths: Record<string, Record<string, Operation>> };

const ajv = new Ajv({ strict: false, coerceTypes: true, validateFormats: false });

/** Twilio's API as far as the service uses it: every request is held against Twilio's own description. */
export interface FakeTwilio {
  url: string;
  requests: { method: string; path: string; fields: Record<string, string> }[];
  /** Requests that Twilio's description does not allow. */
  faults: string[];
  /** Statuses to answer the next requests with, in place of what they ask. */
  failures: number[];
  calls: Map<string, string>;
  /** Texts that are still known, by their name. */
  texts: Map<string, { to: string; body: string }>;
  conferences: Map<string, { name: string; status: string; hiddenReads: number }>;
  close(): Promise<void>;
}

export const ACCOUNT = `AC${'a'.repeat(32)}`;
export const TOKEN = 'token-for-this-test-only';

export async function fakeTwilio(): Promise<FakeTwilio> {
  const state: Omit<FakeTwilio, 'url' | 'close'> = {
    requests: [],
    faults: [],
    failures: [],
    calls: new Map(),
    texts: new Map(),
    conferences: new Map(),
  };
  const server = createServer((request, response) => void answer(state, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...state,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

type State = Omit<FakeTwilio, 'url' | 'close'>;

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const url = new URL(request.url ?? '', 'http://twilio');
  const method = (request.method ?? '').toLowerCase();
  const given = method === 'get' ? url.searchParams : new URLSearchParams(body);
  const fields = Object.fromEntries(given);
  state.requests.push({ method, path: url.pathname, fields });
  state.faults.push(...faultsOf(method, url.pathname, given));
  const failure = state.failures.shift();
  if (failure !== undefined) return send(response, failure, { code: 20_000 + failure, status: failure });
  const [resource = '', sid] = url.pathname.split('/').slice(4).join('/').replace('.json', '').split('/');
  const asked = { method, sid, fields };
  if (resource === 'Messages') return send(response, ...messages(state, asked));
  const [status, answered] =
    resource === 'Conferences' ? conferences(state, sid, fields) : calls(state, asked);
  return send(response, status, answered);
}

function faultsOf(method: string, path: string, given: URLSearchParams): string[] {
  const known = Object.entries(paths).find(([template]) =>
    new RegExp(`^${template.replace(/\{\w+\}/g, '[A-Z]{2}[0-9a-f]{32}').replaceAll('.', '\\.')}$`).test(path),
  );
  const operation = known?.[1][method];
  if (operation === undefined) return [`${method} ${path} does not exist`];
  const properties =
    method === 'get'
      ? operation.query
      : ((operation.body as { properties?: object } | null)?.properties ?? {});
  const schema = { ...(operation.body ?? { type: 'object' }), properties, additionalProperties: false };
  const lists = new Set(
    Object.entries(properties).flatMap(([name, { type }]: [string, { type?: string }]) =>
      type === 'array' ? [name] : [],
    ),
  );
  const value = Object.fromEntries(
    [...new Set(given.keys())].map((name) => [name, lists.has(name) ? given.getAll(name) : given.get(name)]),
  );
  const validate = ajv.compile(schema);
  return validate(value) ? [] : [`${method} ${path}: ${ajv.errorsText(validate.errors)}`];
}

function calls(
  state: State,
  { method, sid, fields }: { method: string; sid: string | undefined; fields: Record<string, string> },
): [number, object] {
  if (sid === undefined) {
    const made = `CA${String(state.calls.size + 1).padStart(32, '0')}`;
    state.calls.set(made, 'queued');
    return [201, { sid: made, status: 'queued' }];
  }
  const status = state.calls.get(sid);
  if (status === undefined) return [404, { code: 20404, status: 404 }];
  if (method === 'delete') {
    state.calls.delete(sid);
    return [204, {}];
  }
  if (fields.Status !== undefined) state.calls.set(sid, fields.Status);
  return [200, { sid, status: state.calls.get(sid) }];
}

function messages(
  state: State,
  { method, sid, fields }: { method: string; sid: string | undefined; fields: Record<string, string> },
): [number, object] {
  if (sid === undefined) {
    const made = `SM${String(state.texts.size + 1).padStart(32, '0')}`;
    state.texts.set(made, { to: fields.To ?? '', body: fields.Body ?? '' });
    return [201, { sid: made, status: 'queued' }];
  }
  if (!state.texts.has(sid)) return [404, { code: 20404, status: 404 }];
  if (method === 'delete') state.texts.delete(sid);
  return method === 'delete' ? [204, {}] : [200, { sid }];
}

function conferences(
  state: State,
  sid: string | undefined,
  fields: Record<string, string>,
): [number, object] {
  if (sid !== undefined) {
    const room = state.conferences.get(sid);
    if (room !== undefined) room.status = fields.Status ?? room.status;
    if (room === undefined) return [404, { code: 20404, status: 404 }];
    return [200, { sid, status: room?.status }];
  }
  const found = [...state.conferences].filter(([, room]) => {
    room.hiddenReads -= 1;
    return room.hiddenReads < 0 && room.name === fields.FriendlyName && room.status === fields.Status;
  });
  return [200, { conferences: found.map(([id, { status }]) => ({ sid: id, status })), page_size: 50 }];
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(status === 204 ? undefined : JSON.stringify(body));
}
