import type { Conversations } from '../conversations/conversations.js';
import type { Clock } from '../kernel/clock.js';
import { transcriptsEndBefore } from '../privacy/retention.js';
import type { Job } from './job.js';

const BATCHES = 50;

/** Destroys the transcripts that are old enough (product.md, "Anonymity", rule 5). */
export function destroyOldWords(parts: { clock: Clock; conversations: Conversations; days: number }): Job {
  return {
    name: 'destroy-old-words',
    pattern: '*/15 * * * *',
    async run() {
      let total = 0;
      for (let batch = 0; batch < BATCHES; batch += 1) {
        const erased = await parts.conversations.eraseInactive(
          transcriptsEndBefore(parts.clock.now(), parts.days),
        );
        total += erased;
        if (erased === 0) break;
      }
      return total;
    },
  };
}
