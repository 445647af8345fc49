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
const MOST_TICKETS = 20_000;

export interface ChatTokens {
  issue(conversation: ConversationId): { token: string; expires_in: number };
  /** @throws CodedError `token-expired`, or `unauthenticated` for what is no token of ours */
  read(token: string): ConversationId;
  /** For the address of a stream: good once, for 60 seconds. */
  ticket(conversation: ConversationId, watermark: number): string;
  redeem(ticket: string): { conversation: ConversationId; watermark: number } | undefined;
}

const contentSchema = z.object({ c: z.string(), e: z.number() });

export function createChatTokens(parts: { clock: Clock; random: Random; secrets: Secrets }): ChatTokens {
  const { clock, random, secrets } = parts;
  const tickets = new Map<string, { conversation: ConversationId; watermark: number; until: number }>();

  const dropOldTickets = (): void => {
    for (const [key, { until }] of tickets) {
      if (until > clock.now() && tickets.size < MOST_TICKETS) return;
      tickets.delete(key);
    }
  };

  return {
    issue(conversation) {
      const content = JSON.stringify({ c: conversation, e: after(clock.now(), TOKEN_LIFE) });
      return { token: secrets.seal('direct-line', content, 'token'), expires_in: TOKEN_LIFE / SECOND };
    },
    read(sealed) {
      const { c, e } = contentSchema.parse(JSON.parse(openToken(secrets, sealed)));
      if (e <= clock.now()) throw new CodedError('token-expired', 'The token has expired; start again.');
      return asId<ConversationId>(c);
    },
    ticket(conversation, watermark) {
      dropOldTickets();
      const key = token(random, 24);
      tickets.set(key, { conversation, watermark, until: after(clock.now(), TICKET_LIFE) });
      return key;
    },
    redeem(key) {
      const ticket = tickets.get(key);
      tickets.delete(key);
      return ticket !== undefined && ticket.until > clock.now() ? ticket : undefined;
    },
  };
}

function openToken(secrets: Secrets, sealed: string): string {
  try {
    return secrets.open('direct-line', sealed, 'token');
  } catch (cause) {
    throw new CodedError('unauthenticated', 'The token is not one of this service.', { cause });
  }
}
