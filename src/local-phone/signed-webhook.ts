import { createHmac } from 'node:crypto';

export type Fields = Readonly<Record<string, string>>;
export type Method = 'GET' | 'POST';

export interface Webhook {
  url: string;
  method?: Method;
  fields: Fields;
}

/**
 * Twilio's signature: HMAC-SHA1 over the exact address and the sorted fields, base64
 * (twilio.com/docs/usage/security, "Validating requests").
 */
export function signatureOf(token: string, url: string, fields: Fields): string {
  const data = Object.keys(fields)
    .sort()
    .reduce((text, name) => text + name + (fields[name] ?? ''), url);
  return createHmac('sha1', token).update(data).digest('base64');
}

export type SendSigned = (webhook: Webhook) => Promise<{ status: number; body: string }>;

/** Twilio gives up after 15 seconds. */
const TIMEOUT_MS = 15_000;

export function createSendSigned(token: string): SendSigned {
  return async ({ url, method = 'POST', fields }) => {
    const response = await fetch(...(method === 'GET' ? get(token, url, fields) : post(token, url, fields)));
    return { status: response.status, body: await response.text() };
  };
}

const signal = (): AbortSignal => AbortSignal.timeout(TIMEOUT_MS);

function post(token: string, url: string, fields: Fields): [string, RequestInit] {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': signatureOf(token, url, fields),
  };
  return [url, { method: 'POST', headers, body: new URLSearchParams(fields).toString(), signal: signal() }];
}

/** The fields join the address, and the address is what is signed. */
function get(token: string, url: string, fields: Fields): [string, RequestInit] {
  const address = new URL(url);
  for (const [name, value] of Object.entries(fields)) address.searchParams.append(name, value);
  const whole = address.toString();
  return [whole, { headers: { 'x-twilio-signature': signatureOf(token, whole, {}) }, signal: signal() }];
}
