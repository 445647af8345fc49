import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import twilio from 'twilio';
import { CodedError } from '../../kernel/errors.js';

export interface SignatureOptions {
  /** The current token, then the one before it while it is being replaced. */
  tokens: readonly string[];
  /** Origin Twilio calls; on loopback the one in the request. */
  publicUrl: string | undefined;
}

interface Signed {
  signature: string;
  url: string;
  body: Record<string, unknown>;
}

/** Lets a webhook through only with Twilio's signature over its exact address and body. */
export function requireSignature({ tokens, publicUrl }: SignatureOptions): RequestHandler {
  return (request, _response, next) => {
    const signed: Signed = {
      signature: request.get('x-twilio-signature') ?? '',
      url: `${publicUrl ?? requestOrigin(request)}${request.originalUrl}`,
      body: { ...(request.body as object) },
    };
    if (!tokens.some((token) => isSignedWith(token, signed)))
      throw new CodedError('forbidden', 'This address only answers signed requests of the carrier.');
    next();
  };
}

/**
 * The address as it stands is what is nearly always signed: one digest. The library tries the same address with and
 * without its port and in an older encoding too, each time all of them, and decides what that did not.
 */
const isSignedWith = (token: string, signed: Signed): boolean =>
  isExact(token, signed) || twilio.validateRequest(token, signed.signature, signed.url, signed.body);

/** HMAC-SHA1 over the address and the sorted fields (twilio.com/docs/usage/security, "Validating requests"). */
function isExact(token: string, { signature, url, body }: Signed): boolean {
  let data = url;
  for (const name of Object.keys(body).sort()) {
    const value = body[name];
    if (typeof value !== 'string') return false;
    data += name + value;
  }
  const expected = createHmac('sha1', token).update(data, 'utf8').digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const requestOrigin = (request: Request): string => `${request.protocol}://${request.get('host') ?? ''}`;
