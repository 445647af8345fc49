import type { ChatCodes } from '../phone-line/chat-codes.js';
import type { DroppedCalls } from '../phone-line/dropped-calls.js';
import type { TextThreads } from '../phone-line/text-threads.js';
import type { Job } from './job.js';

/** Forgets what joined one call to another, or to a chat, and is over: codes, hashes of dropped calls, numbers that wrote. */
export const forgetLinks = (parts: {
  chatCodes: Pick<ChatCodes, 'removeEnded'>;
  droppedCalls: Pick<DroppedCalls, 'removeEnded'>;
  textThreads: Pick<TextThreads, 'removeEnded'>;
}): Job => ({
  name: 'forget-links',
  pattern: '*/5 * * * *',
  run: async () =>
    (await parts.chatCodes.removeEnded()) +
    (await parts.droppedCalls.removeEnded()) +
    (await parts.textThreads.removeEnded()),
});
