import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const HOST = /^[\w.-]{1,255}(:\d{1,5})?$|^\[[\da-f:]{2,45}\](:\d{1,5})?$/i;

/** Nothing from elsewhere, nothing inline, no string that becomes code, no frame around the page. */
export function pagePolicy(): RequestHandler {
  const policy = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        // Not every browser takes 'self' for sockets too.
        'connect-src': ["'self'", socketOrigin],
        'img-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
        'require-trusted-types-for': ["'script'"],
        'trusted-types': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // The proxy that ends TLS says this for the whole host.
    strictTransportSecurity: false,
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
