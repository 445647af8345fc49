import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and those above it, one at a time: `recursive` of Node 20 never ends below /proc.
 * @throws when it cannot be made
 */
export function makeFolder(folder: string): void {
  const absolute = path.resolve(folder);
  const { root } = path.parse(absolute);
  const parts = path.relative(root, absolute).split(path.sep).filter(Boolean);
  for (const [index] of parts.entries()) makeOne(path.join(root, ...parts.slice(0, index + 1)));
}

/** One that cannot be written but exists is fine: what is to stand in it will tell. */
function makeOne(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}
