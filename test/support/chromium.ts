import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Chromium of this machine: CHROMIUM_PATH, or `chromium` on the PATH; nothing is ever downloaded. */
export function chromiumPath(): string | undefined {
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'chromium'));
  return [process.env.CHROMIUM_PATH ?? '', ...onPath].find(runs);
}

function runs(file: string): boolean {
  if (file === '') return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** For `describe.runIf`: where Chromium is; without one a line says so. */
export function chromiumForTests(): string | undefined {
  const found = chromiumPath();
  if (found === undefined)
    process.stdout.write('Browser tests skipped: set CHROMIUM_PATH, or put chromium on the PATH.\n');
  return found;
}

export const launchChromium = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--force-color-profile=srgb',
      // A page that a test itself serves has no address, and would be kept from those of this machine.
      '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets',
    ],
  });
