import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Router } from 'express';
import helmet from 'helmet';

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
 * Styles and scripts of pages, by name, below `path`. Not kept by the browser: on a shared machine its cache
 * would tell which page was opened. `folders` are looked through in order.
 * @param libraries files of packages, by the name they have here
 */
export function createPageAssets(
  path: string,
  folders: readonly URL[],
  libraries: Readonly<Record<string, string>> = {},
): Router {
  const router = Router();
  const assets = new Map<string, Asset>();
  router.use(path, helmet({ contentSecurityPolicy: false, strictTransportSecurity: false }));
  router.get(`${path}/:name`, (request, response, next) => {
    const { name } = request.params;
    const asset = assets.get(name) ?? readAsset(name, folders, libraries[name]);
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

/**
 * Where the compiled scripts of a client folder are: beside the compiled server code, or, run from the sources
 * as tests do, in `dist`. `folder` is relative to the root of the project and ends with a slash.
 */
export function clientFolders(folder: string): URL[] {
  return ['../../', '../../dist/'].map((root) => new URL(`${root}${folder}`, import.meta.url));
}

/** Scripts of the first of `folders` that holds any, without `entries`. */
export function scriptNames(folders: readonly URL[], entries: ReadonlySet<string>): string[] {
  const scripts = folders
    .filter((folder) => existsSync(folder))
    .map((folder) => readdirSync(folder).filter((name) => NAME.test(name) && name.endsWith('.js')));
  return (scripts.find((names) => names.length > 0) ?? []).filter((name) => !entries.has(name));
}

function readAsset(name: string, folders: readonly URL[], library?: string): Asset | undefined {
  const extension = NAME.exec(name)?.[1] ?? '';
  const type = TYPES[extension];
  const found = folders.map((folder) => new URL(name, folder)).find((candidate) => existsSync(candidate));
  const file = library ?? found;
  if (type === undefined || file === undefined) return undefined;
  const plain = readFileSync(file);
  return { type, plain, packed: gzipSync(plain) };
}
