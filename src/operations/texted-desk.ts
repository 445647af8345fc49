import type { Desk, DeskOutcome } from '../handoff/desk.js';
import type { ConversationId } from '../kernel/ids.js';
import { errorFields, type Logger } from '../kernel/log.js';

/** What a text conversation needs after the desk has changed it. */
export interface Texts {
  deliver(conversation: ConversationId): Promise<void>;
  ended(conversation: ConversationId): Promise<void>;
}

/** Operators answer callers who write texts as they answer everybody; what they say is sent at once, beside the page. */
export function textedDesk(texts: Texts, log: Logger, desk: Desk): Desk {
  const send = (work: Promise<void>): void => {
    work.catch((error: unknown) =>
      log.error('a text is not sent yet', { part: 'sms', ...errorFields(error) }),
    );
  };
  const then = (outcome: DeskOutcome, work: () => Promise<void>): DeskOutcome => {
    if (outcome.kind === 'done') send(work());
    return outcome;
  };
  return {
    ...desk,
    claim: async (id, by) => then(await desk.claim(id, by), () => texts.deliver(id)),
    reply: async (id, by, text) => then(await desk.reply(id, by, text), () => texts.deliver(id)),
    handBack: async (id, by) => then(await desk.handBack(id, by), () => texts.deliver(id)),
    close: async (id, by) => then(await desk.close(id, by), () => texts.ended(id)),
  };
}
