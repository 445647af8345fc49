import { existsSync, readFileSync } from 'node:fs';
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

/**
 * The page's style and scripts under `/assets`. Not kept by the browser: on a shared machine its cache would
 * tell that the page was opened.
 */
export function createPageAssets(): Router {
  const router = Router();
  const files = new Map<string, string>();
  router.use('/assets', helmet({ contentSecurityPolicy: false, strictTransportSecurity: false }));
  router.get('/assets/:name', (request, response, next) => {
    const { name } = request.params;
    const extension = NAME.exec(name)?.[1];
    const text = files.get(name) ?? (extension === undefined ? undefined : readAsset(name));
    if (extension === undefined || text === undefined) {
      next();
      return;
    }
    files.set(name, text);
    response.set({ 'Content-Type': TYPES[extension], 'Cache-Control': 'no-store' }).send(text);
  });
  return router;
}

function readAsset(name: string): string | undefined {
  const file = FOLDERS.map((folder) => new URL(name, folder)).find((candidate) => existsSync(candidate));
  return file === undefined ? undefined : readFileSync(file, 'utf8');
}
