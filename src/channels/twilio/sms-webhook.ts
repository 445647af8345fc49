import type { Router } from 'express';
import twilio from 'twilio';
import { z } from 'zod';
import { describeError } from '../../kernel/errors.js';
import { errorFields } from '../../kernel/log.js';
import { inGsm } from './sms-text.js';
import type { TwilioChannelDependencies } from './twilio-channel.js';
import { address } from './twiml.js';
import { parseWebhook } from './webhook-schemas.js';

const messageSid = z.string().regex(/^(SM|MM)[0-9a-f]{32}$/i);
const receivedBody = z.object({
  MessageSid: messageSid,
  From: z.string().max(64).default(''),
  /** Twilio joins up to ten segments. */
  Body: z.string().max(2_000).default(''),
  /** What Twilio's own handling of opting out made of it. */
  OptOutType: z.enum(['STOP', 'START', 'HELP']).optional(),
});
const statusBody = z.object({ MessageSid: messageSid, MessageStatus: z.string().max(20).default('') });

/** Nobody can be answered at a short code or a name. */
const ANSWERABLE = /^\+\d{6,15}$/;
const STOP = /^\W*(stop|arr[eê]t|stopall|unsubscribe|d[eé]sabonner|d[eé]sinscription)(\s+sms)?\W*$/i;
const OVER = new Set(['sent', 'delivered', 'undelivered', 'failed']);

/** Incoming texts. The carrier is answered with an empty document: what is said goes through its API, to be deleted. */
export function addSmsWebhook(router: Router, dependencies: TwilioChannelDependencies): void {
  const { texts, carrierRecords, log } = dependencies;
  const forget = (sid: string): Promise<void> => carrierRecords.forget({ kind: 'message', sid });

  router.post('/sms', async (request, response) => {
    const { MessageSid, From, Body, OptOutType } = parseWebhook(receivedBody, request.body);
    await forget(MessageSid);
    const document = new twilio.twiml.MessagingResponse();
    try {
      if (OptOutType === 'STOP' || STOP.test(Body)) await texts.stopped(From);
      else if (ANSWERABLE.test(From))
        await texts.received({ number: From, message: MessageSid, words: Body });
    } catch (error) {
      log.error('a text could not be answered', { code: describeError(error).code, ...errorFields(error) });
      const words = inGsm(dependencies.translations.texted('fr', 'voice.failure'));
      document.message({ statusCallback: address('sms-status', {}) }, words);
    }
    response.status(200).type('text/xml').set('Cache-Control', 'no-store').send(document.toString());
  });

  /** Of a text that was sent in answer to a webhook: its name is not known before. */
  router.post('/sms-status', async (request, response) => {
    const { MessageSid, MessageStatus } = parseWebhook(statusBody, request.body);
    if (OVER.has(MessageStatus)) await forget(MessageSid);
    response.status(204).end();
  });
}
