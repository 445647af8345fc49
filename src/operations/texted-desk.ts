import type { Desk } from '../handoff/desk.js';
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
  const then = <Outcome extends { kind: string }>(outcome: Outcome, work: () => Promise<void>): Outcome => {
    if (outcome.kind === 'done') send(work());
    return outcome;
  };
  const deliver =
    <Rest extends unknown[], Outcome extends { kind: string }>(
      act: (id: ConversationId, ...rest: Rest) => Promise<Outcome>,
    ) =>
    async (id: ConversationId, ...rest: Rest): Promise<Outcome> =>
      then(await act(id, ...rest), () => texts.deliver(id));
  return {
    ...desk,
    claim: deliver(desk.claim),
    reply: deliver(desk.reply),
    handBack: deliver(desk.handBack),
    acceptOffer: deliver(desk.acceptOffer),
    ownerLost: async (head) => then(await desk.ownerLost(head), () => texts.deliver(head.id)),
    close: async (id, ...rest) => then(await desk.close(id, ...rest), () => texts.ended(id)),
  };
}
