import type { Texts } from '../messages/texts.js';
import type { Job } from './job.js';

/** Sends what callers asked to receive by SMS, and destroys the number and the text with it. */
export const sendTexts = (texts: Pick<Texts, 'sendDue'>): Job => ({
  name: 'send-texts',
  pattern: '* 0-1,3-23 * * *',
  run: () => texts.sendDue(),
});
