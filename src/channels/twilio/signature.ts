import type { Request, RequestHandler } from 'express';
import twilio from 'twilio';
import { CodedError } from '../../kernel/errors.js';

export interface SignatureOptions {
  /** The current token, then the one before it while it is being replaced. */
  tokens: readonly string[];
  /** Origin Twilio calls; on loopback the one in the request. */
  publicUrl: string | undefined;
}

/** Lets a webhook through only with Twilio's signature over its exact address and body. */
export function requireSignature({ tokens, publicUrl }: SignatureOptions): RequestHandler {
  return (request, _response, next) => {
    const signature = request.get('x-twilio-signature') ?? '';
    const url = `${publicUrl ?? requestOrigin(request)}${request.originalUrl}`;
    const parameters: Record<string, unknown> = { ...(request.body as object) };
    const valid = tokens.some((token) => twilio.validateRequest(token, signature, url, parameters));
    if (!valid)
      throw new CodedError('forbidden', 'This address only answers signed requests of the carrier.');
    next();
  };
}

const requestOrigin = (request: Request): string => `${request.protocol}://${request.get('host') ?? ''}`;
