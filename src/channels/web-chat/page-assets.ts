import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Router } from 'express';
import helmet from 'helmet';

/** Beside this file in `dist`; run from the sources, as tests do, the compiled scripts are in `dist`. */
const FOLDERS = ['./client/', '../../../dist/src/channels/web-chat/client/'].map(
  (folder) => new URL(folder, import.meta.url),
);
const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};
const NAME = /^[a-z][a-z-]{1,40}\.(js|css|svg)$/;

interface Asset {
  type: string;
  plain: Buffer;
  packed: Buffer;
}

/**
 * The page's style and scripts under `/assets`. Not kept by the browser: on a shared machine its cache would
 * tell that the page was opened.
 */
export function createPageAssets(): Router {
  const router = Router();
  const assets = new Map<string, Asset>();
  router.use('/assets', helmet({ contentSecurityPolicy: false, strictTransportSecurity: false }));
  router.get('/assets/:name', (request, response, next) => {
    const { name } = request.params;
    const asset = assets.get(name) ?? readAsset(name);
    if (asset === undefined) {
      next();
      return;
    }
    assets.set(name, asset);
    const packs = request.acceptsEncodings('gzip') === 'gzip';
    if (packs) response.set('Content-Encoding', 'gzip');
    response
      .set({ 'Content-Type': asset.type, 'Cache-Control': 'no-store', Vary: 'Accept-Encoding' })
      .send(packs ? asset.packed : asset.plain);
  });
  return router;
}

/** Scripts that a page names itself. */
const ENTRIES = new Set(['chat.js', 'plain.js']);

/** Every script of the chat: told to the browser at once, it need not find them one after another. */
export function scriptNames(): string[] {
  const folder = FOLDERS.find((candidate) => existsSync(new URL('chat.js', candidate)));
  if (folder === undefined) return [];
  return readdirSync(folder).filter((name) => !ENTRIES.has(name) && NAME.test(name) && name.endsWith('.js'));
}

function readAsset(name: string): Asset | undefined {
  const extension = NAME.exec(name)?.[1] ?? '';
  const type = TYPES[extension];
  const file = FOLDERS.map((folder) => new URL(name, folder)).find((candidate) => existsSync(candidate));
  if (type === undefined || file === undefined) return undefined;
  const plain = readFileSync(file);
  return { type, plain, packed: gzipSync(plain) };
}
