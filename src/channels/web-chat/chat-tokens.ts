import { z } from 'zod';
import { after, type Clock, HOUR, SECOND } from '../../kernel/clock.js';
import { CodedError } from '../../kernel/errors.js';
import { asId, type ConversationId } from '../../kernel/ids.js';
import type { Random } from '../../kernel/random.js';
import { token } from '../../kernel/random.js';
import type { Secrets } from '../../privacy/secrets.js';

/** Clients refresh every 15 minutes whatever they are told; the old token stays good meanwhile. */
export const TOKEN_LIFE = HOUR;
const TICKET_LIFE = 60 * SECOND;
/** Tickets used within their life are remembered, this many at most. */
const MOST_USED = 50_000;

export interface Ticket {
  conversation: ConversationId;
  watermark: number;
}

export interface ChatTokens {
  issue(conversation: ConversationId): { token: string; expires_in: number };
  /** @throws CodedError `token-expired`, or `unauthenticated` for what is no token of ours */
  read(token: string): ConversationId;
  /** For the address of a stream: good once, for 60 seconds, on any instance. */
  ticket(ticket: Ticket): string;
  redeem(ticket: string): Ticket | undefined;
}

/** `c` conversation, `e` end of life. */
const tokenSchema = z.object({ c: z.string(), e: z.number() });
/** `w` watermark, `n` the ticket's own name. */
const ticketSchema = tokenSchema.extend({ w: z.number(), n: z.string() });

export function createChatTokens(parts: { clock: Clock; random: Random; secrets: Secrets }): ChatTokens {
  const { clock, random, secrets } = parts;
  const used = new Map<string, number>();

  const seal = (content: object, kind: 'token' | 'ticket'): string =>
    secrets.seal('direct-line', JSON.stringify(content), kind);
  const forgetOldUses = (): void => {
    for (const [name, end] of used) {
      if (end > clock.now() && used.size < MOST_USED) return;
      used.delete(name);
    }
  };

  return {
    issue(conversation) {
      const content = { c: conversation, e: after(clock.now(), TOKEN_LIFE) };
      return { token: seal(content, 'token'), expires_in: TOKEN_LIFE / SECOND };
    },
    read(sealed) {
      const content = opened(secrets, sealed, { kind: 'token', schema: tokenSchema });
      if (content === undefined)
        throw new CodedError('unauthenticated', 'The token is not one of this service.');
      if (content.e <= clock.now())
        throw new CodedError('token-expired', 'The token has expired; start a new conversation.');
      return asId<ConversationId>(content.c);
    },
    ticket: ({ conversation, watermark }) =>
      seal(
        { c: conversation, e: after(clock.now(), TICKET_LIFE), w: watermark, n: token(random, 12) },
        'ticket',
      ),
    redeem(sealed) {
      const content = opened(secrets, sealed, { kind: 'ticket', schema: ticketSchema });
      if (content === undefined || content.e <= clock.now() || used.has(content.n)) return undefined;
      forgetOldUses();
      used.set(content.n, content.e);
      return { conversation: asId<ConversationId>(content.c), watermark: content.w };
    },
  };
}

/** @returns `undefined` for what was not sealed here, for this use */
function opened<T>(
  secrets: Secrets,
  sealed: string,
  { kind, schema }: { kind: 'token' | 'ticket'; schema: z.ZodType<T> },
): T | undefined {
  try {
    return schema.parse(JSON.parse(secrets.open('direct-line', sealed, kind)));
  } catch {
    return undefined;
  }
}
