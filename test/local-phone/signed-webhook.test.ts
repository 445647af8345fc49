import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSendSigned } from '../../src/local-phone/signed-webhook.js';

const TOKEN = 'token-for-this-test-only';
let origin: string;
let close: () => void;
/** Whether Twilio's own library would let the request in. */
let valid: boolean;
let got: { method: string; url: string };
beforeEach(async () => {
  const server = createServer(async (request, response) => {
    const body = await read(request);
    const fields = Object.fromEntries(new URLSearchParams(body));
    got = { method: request.method ?? '', url: request.url ?? '' };
    valid = twilio.validateRequest(
      TOKEN,
      String(request.headers['x-twilio-signature']),
      origin + got.url,
      got.method === 'GET' ? {} : fields,
    );
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
});
afterEach(() => close());

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

describe('the webhooks of the local phone', () => {
  it('S-REQ-2: a POST is signed over its exact address, with its query, and its body', async () => {
    await createSendSigned(TOKEN)({ url: `${origin}/a?b=1&c=%20x`, fields: { Digits: '1', From: '+33 é' } });
    expect(valid).toBe(true);
    expect(got.url).toBe('/a?b=1&c=%20x');
  });

  it('S-REQ-3: the fields of a GET join its query, and the whole address is signed', async () => {
    await createSendSigned(TOKEN)({ url: `${origin}/a?b=1`, method: 'GET', fields: { Digits: '1' } });
    expect(valid).toBe(true);
    expect(got).toEqual({ method: 'GET', url: '/a?b=1&Digits=1' });
  });
});
