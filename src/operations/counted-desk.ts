import type { Conversations } from '../conversations/conversations.js';
import type { Desk } from '../handoff/desk.js';
import { type Clock, SECOND } from '../kernel/clock.js';
import type { FactSink } from '../reporting/fact.js';

/** How long a caller waited for an operator in writing; the phone tells its own. */
export function countedDesk(
  parts: { clock: Clock; conversations: Pick<Conversations, 'head'>; facts: FactSink },
  desk: Desk,
): Desk {
  return {
    ...desk,
    async claim(id, by) {
      const owner = (await parts.conversations.head(id))?.owner;
      const outcome = await desk.claim(id, by);
      if (outcome.kind === 'done' && owner?.kind === 'queue')
        parts.facts.record([{ kind: 'taken-over', seconds: (parts.clock.now() - owner.since) / SECOND }]);
      return outcome;
    },
    async close(id, by, closing) {
      const outcome = await desk.close(id, by, closing);
      if (outcome.kind === 'done') parts.facts.record([{ kind: 'closed-by-person', ...closing }]);
      return outcome;
    },
  };
}
