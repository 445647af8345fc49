import { gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';

/** Packed where the browser takes that. A page holds nothing secret that its size could tell. */
export function sendPage(request: Request, response: Response, page: string): void {
  response.type('html').vary('Accept-Encoding');
  if (request.acceptsEncodings('gzip') !== 'gzip') {
    response.send(page);
    return;
  }
  response.set('Content-Encoding', 'gzip').send(gzipSync(page));
}
