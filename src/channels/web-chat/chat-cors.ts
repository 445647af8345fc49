import type { RequestHandler } from 'express';

const PREFLIGHT_LIFE_S = '600';

/**
 * Lets the pages of listed origins speak to us. Others get no permission header and their browser stops
 * them: they are never answered 403, which breaks the official client for good.
 * @param origins read at each request: our own is known once the service listens
 */
export function allowOrigins(origins: () => readonly string[]): RequestHandler {
  return (request, response, next) => {
    const origin = request.get('origin');
    response.vary('Origin');
    if (origin !== undefined && origins().includes(origin))
      response.set({
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Methods': 'GET, POST',
        'Access-Control-Allow-Headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
        'Access-Control-Max-Age': PREFLIGHT_LIFE_S,
      });
    if (request.method === 'OPTIONS') {
      response.status(204).end();
      return;
    }
    next();
  };
}
