import { createHmac } from 'node:crypto';

export type Fields = Readonly<Record<string, string>>;

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

export type PostSigned = (url: string, fields: Fields) => Promise<{ status: number; body: string }>;

/** Twilio gives up after 15 seconds. */
const TIMEOUT_MS = 15_000;

export function createPostSigned(token: string): PostSigned {
  return async (url, fields) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signatureOf(token, url, fields),
      },
      body: new URLSearchParams(fields).toString(),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, body: await response.text() };
  };
}
