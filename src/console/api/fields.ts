import { z } from 'zod';
import { type Instant, instant } from '../../kernel/clock.js';
import { asId, type Id } from '../../kernel/ids.js';

/** Instants go out as ISO 8601, UTC. */
export const time = z.iso.datetime();
export const isoOf = (at: Instant): string => new Date(instant(at)).toISOString();

const ourId = z.string().regex(/^[\w-]{1,64}$/, 'is not one of our ids');

/** One id of ours in an address. */
export const idParams = z.object({ id: ourId });
export const idIn = <T extends Id<string>>({ id }: z.output<typeof idParams>): T => asId<T>(id);

export const done = z.object({ done: z.literal(true) });
export const DONE = { body: { done: true as const } };
