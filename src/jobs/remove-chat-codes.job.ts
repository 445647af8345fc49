import type { ChatCodes } from '../phone-line/chat-codes.js';
import type { Job } from './job.js';

/** Removes the codes that led from the chat to the phone and are over. */
export const removeChatCodes = (codes: Pick<ChatCodes, 'removeEnded'>): Job => ({
  name: 'remove-chat-codes',
  pattern: '*/10 * * * *',
  run: () => codes.removeEnded(),
});
