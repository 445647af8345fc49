import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { SCRIPT_ONLY, strictPolicy } from '../../web/strict-policy.js';

const HOST = /^[\w.-]{1,255}(:\d{1,5})?$|^\[[\da-f:]{2,45}\](:\d{1,5})?$/i;

/** Nothing from elsewhere, nothing inline, no string that becomes code, no frame around the page. */
export function pagePolicy(): RequestHandler {
  const policy = strictPolicy({
    ...SCRIPT_ONLY,
    // Not every browser takes 'self' for sockets too.
    'connect-src': ["'self'", socketOrigin],
  });
  return (request, response, next) => {
    response.set({
      'Cache-Control': 'no-store',
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), interest-cohort=()',
    });
    policy(request, response, next);
  };
}

function socketOrigin({ headers }: IncomingMessage): string {
  const host = headers.host ?? '';
  return HOST.test(host) ? `ws://${host} wss://${host}` : "'self'";
}
