import { z } from 'zod';

export const MOST_ITEMS = 100;

/** A page of a list: `cursor` is the `next` of the page before. */
export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MOST_ITEMS).default(50),
});

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().describe('The cursor of the next page; null at the end.'),
  });

/** Cursors mean nothing to clients. */
export const cursorOf = (position: string | number): string =>
  Buffer.from(String(position)).toString('base64url');
export const positionOf = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();

/**
 * A page of a list that is all there, ordered by something that stays: the cursor is the last item's.
 * @param by what an item is told by, in the order of the list
 */
export function sliceOf<T>(
  all: readonly T[],
  { cursor, limit }: z.output<typeof pageQuery>,
  by: (item: T) => string,
): { items: T[]; next: string | null } {
  const last = cursor === undefined ? undefined : positionOf(cursor);
  const start = last === undefined ? 0 : all.findIndex((item) => by(item) > last);
  const items = start < 0 ? [] : all.slice(start, start + limit);
  const end = items.at(-1);
  const more = end !== undefined && start + limit < all.length;
  return { items, next: more ? cursorOf(by(end)) : null };
}
