import { createHash } from 'node:crypto';

/** Length of a mark: 96 bits of SHA-256, in base64url. */
const MARK_LENGTH = 16;

/** A short name for what an entry says: the same words have the same mark, whatever the order of their fields. */
export const markOf = (entry: object): string =>
  createHash('sha256').update(canonical(entry)).digest('base64url').slice(0, MARK_LENGTH);

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${fields.join(',')}}`;
}
