import { createHmac } from 'node:crypto';
import { type Request, type RequestHandler, type Response, Router, urlencoded } from 'express';
import type { Translations } from '../../../locales/translate.js';
import { describeError } from '../../kernel/errors.js';
import { asId, type ConversationId, type StaffId } from '../../kernel/ids.js';
import type { Logger } from '../../kernel/log.js';
import { errorFields } from '../../kernel/log.js';
import type { CarrierRecords } from '../../phone-line/carrier-records.js';
import type { DroppedCalls } from '../../phone-line/dropped-calls.js';
import type { CallFlow } from '../../voice/call-flow.js';
import type { TextFlow } from '../../voice/text-flow.js';
import type { VoiceAction } from '../../voice/voice-action.js';
import { renderFailure } from './failure-twiml.js';
import { requireSignature, type SignatureOptions } from './signature.js';
import { addSmsWebhook } from './sms-webhook.js';
import { renderTwiml } from './twiml.js';
import * as schema from './webhook-schemas.js';
import { parseWebhook as parse } from './webhook-schemas.js';

export interface TwilioChannelDependencies {
  flow: CallFlow;
  signature: SignatureOptions;
  /** Turns the carrier's name of a call into ours; the carrier's leads to a number in its call log. */
  callKey: Buffer;
  translations: Translations;
  lastResortNumber: string;
  /** The line's own number. */
  callerId: string;
  /** Where `transfer` goes; '' when nothing is agreed. */
  suicideLineDial: string;
  carrierRecords: Pick<CarrierRecords, 'forget'>;
  droppedCalls: Pick<DroppedCalls, 'over' | 'recent'>;
  /** Opens the code that a desk phone is to hear. */
  deskPhones: { codeOf(staff: StaffId, ticket: string): string };
  texts: TextFlow;
  log: Logger;
}

/** Twilio gives up after 15 s; a caller hears silence as the end long before. */
const ANSWER_WITHIN_MS = 2_500;
const BODY_LIMIT = '128kb';
const FINAL_STATUSES = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

type Handler = (request: Request) => Promise<readonly VoiceAction[]>;

/** Everything under `/twilio/`: verifies, parses, translates; decides nothing. */
export function createTwilioChannel(dependencies: TwilioChannelDependencies): Router {
  const { flow } = dependencies;
  const router = Router();
  router.use(urlencoded({ extended: false, limit: BODY_LIMIT, parameterLimit: 200 }));
  router.use(requireSignature(dependencies.signature));

  const idOfCall = (callSid: string): ConversationId =>
    asId(createHmac('sha256', dependencies.callKey).update(callSid).digest('base64url').slice(0, 22));
  /** A call is answered whether or not the last one can be found. */
  const earlierCall = (number: string): Promise<ConversationId | undefined> =>
    dependencies.droppedCalls.recent(number).catch(() => undefined);
  const voice = (path: string, handler: Handler): void => {
    router.post(path, answerInTime(dependencies, handler));
  };

  voice('/voice', async (request) => {
    const { CallSid, From } = parse(schema.incomingBody, request.body);
    return flow.incoming(idOfCall(CallSid), await earlierCall(From));
  });
  voice('/turn', async (request) => {
    const { c, t, r, k } = parse(schema.turnQuery, request.query);
    const { Digits, SpeechResult } = parse(schema.turnBody, request.body);
    return flow.answered({
      conversation: c,
      turn: t,
      ...keysOf(Digits ?? k),
      ...(r === undefined ? {} : { request: r }),
      ...(SpeechResult === undefined ? {} : { speech: SpeechResult }),
    });
  });
  voice('/wait', async (request) => {
    const { c, r, n, s } = parse(schema.waitQuery, request.query);
    return flow.waiting({ conversation: c, request: r, round: n, slow: s !== undefined });
  });
  voice('/enter', async (request) => {
    const { c, r } = parse(schema.roomQuery, request.query);
    return flow.entering(c, r);
  });
  voice('/after-transfer', async (request) => {
    const { c, r } = parse(schema.roomQuery, request.query);
    const { DialCallStatus } = parse(schema.dialBody, request.body);
    return flow.afterTransfer({ conversation: c, request: r, talked: DialCallStatus === 'completed' });
  });
  voice('/after-room', async (request) => {
    const { c, r } = parse(schema.roomQuery, request.query);
    return flow.afterRoom(c, r);
  });
  voice('/leg', async (request) => {
    const { r, p, w } = parse(schema.pickedUpQuery, request.query);
    return flow.responderPickedUp({ request: r, responder: p, whisper: w });
  });
  voice('/caller-leg', async (request) => {
    const { c, r, l } = parse(schema.calledQuery, request.query);
    return flow.callerPickedUp({ conversation: c, request: r, language: l });
  });
  voice('/caller-key', async (request) => {
    const { c, r, l } = parse(schema.calledQuery, request.query);
    const { Digits } = parse(schema.legKeyBody, request.body);
    return flow.callerKeyed({ conversation: c, request: r, language: l, key: Digits });
  });
  voice('/callback-over', async () => flow.staffAfterRoom());
  voice('/callback-answered', async (request) =>
    flow.personPickedUp(parse(schema.callbackQuery, request.query).b),
  );
  voice('/callback-key', async (request) => {
    const { b } = parse(schema.callbackQuery, request.query);
    return flow.personKeyed(b, parse(schema.callbackKeyBody, request.body).Digits);
  });
  voice('/notice', async (request) => flow.noticeHeard(parse(schema.noticeQuery, request.query).n));
  voice('/desk-code', async (request) => {
    const { p, k } = parse(schema.deskCodeQuery, request.query);
    return flow.deskCodeHeard(dependencies.deskPhones.codeOf(p, k));
  });
  voice('/leg-key', async (request) => {
    const { r, p } = parse(schema.legQuery, request.query);
    const { CallSid, Digits } = parse(schema.legKeyBody, request.body);
    return flow.responderKeyed({ request: r, responder: p, leg: CallSid, key: Digits });
  });

  router.post('/leg-status', async (request, response) => {
    const { r, p } = parse(schema.legQuery, request.query);
    const { CallSid, CallStatus } = parse(schema.statusBody, request.body);
    if (FINAL_STATUSES.has(CallStatus)) {
      await dependencies.carrierRecords.forget({ kind: 'call', sid: CallSid });
      const fate = CallStatus === 'completed' ? 'hung-up' : 'unanswered';
      await flow.responderLegEnded({ request: r, responder: p, fate });
    }
    response.status(204).end();
  });
  router.post('/caller-status', async (request, response) => {
    const { c, r } = parse(schema.calledQuery, request.query);
    const { CallSid, CallStatus } = parse(schema.statusBody, request.body);
    if (FINAL_STATUSES.has(CallStatus)) {
      await dependencies.carrierRecords.forget({ kind: 'call', sid: CallSid });
      await flow.calledLegEnded({ conversation: c, request: r });
    }
    response.status(204).end();
  });
  router.post('/callback-status', async (request, response) => {
    const { b, n } = parse(schema.callbackStatusQuery, request.query);
    const { CallSid, CallStatus } = parse(schema.statusBody, request.body);
    if (FINAL_STATUSES.has(CallStatus)) {
      await dependencies.carrierRecords.forget({ kind: 'call', sid: CallSid });
      await flow.personLegEnded(b, n);
    }
    response.status(204).end();
  });
  router.post('/notice-status', async (request, response) => {
    const { CallSid, CallStatus } = parse(schema.statusBody, request.body);
    if (FINAL_STATUSES.has(CallStatus))
      await dependencies.carrierRecords.forget({ kind: 'call', sid: CallSid });
    response.status(204).end();
  });
  router.post('/status', async (request, response) => {
    const { CallSid, CallStatus, From } = parse(schema.statusBody, request.body);
    if (FINAL_STATUSES.has(CallStatus)) {
      await flow.callerGone(idOfCall(CallSid));
      await dependencies.carrierRecords.forget({ kind: 'call', sid: CallSid });
      await dependencies.droppedCalls.over(From, idOfCall(CallSid));
    }
    response.status(204).end();
  });
  /** What answered, as the carrier guesses: advice for the operations team. Only a key accepts a call. */
  router.post('/leg-machine', (request, response) => {
    const { AnsweredBy } = parse(schema.machineBody, request.body);
    dependencies.log.info('a responder phone was answered', { part: 'carrier', kind: AnsweredBy });
    response.status(204).end();
  });
  addSmsWebhook(router, dependencies);
  return router;
}

const keysOf = (keys: string | undefined): { keys?: string } => (keys === undefined ? {} : { keys });

/**
 * Answers in time, whatever happens behind: what takes longer says "un instant" and comes back to the same
 * address, where the same input waits for the same answer. A failure says the emergency numbers.
 */
function answerInTime(dependencies: TwilioChannelDependencies, handler: Handler): RequestHandler {
  return async (request, response) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<readonly VoiceAction[]>((resolve) => {
      timer = setTimeout(() => resolve([comeBack(dependencies)]), ANSWER_WITHIN_MS);
    });
    try {
      const actions = await Promise.race([handler(request), late]);
      const { suicideLineDial, callerId } = dependencies;
      const places = { currentUrl: againAddress(request), suicideLineDial, callerId };
      sendXml(response, renderTwiml(actions, places));
    } catch (error) {
      fail(dependencies, response, error);
    } finally {
      clearTimeout(timer);
    }
  };
}

const comeBack = ({ translations }: TwilioChannelDependencies): VoiceAction => ({
  kind: 'come-back',
  text: translations.spoken('fr', 'voice.moment'),
  language: 'fr',
});

/**
 * What was keyed travels in the address, so that coming back loses nothing. Words do not: addresses are logged by
 * whatever stands between; they wait in the turn, which answers the same input once.
 */
function againAddress(request: Request): string {
  const url = new URL(request.originalUrl, 'http://localhost');
  const keyed: unknown = request.body?.Digits;
  if (typeof keyed === 'string') url.searchParams.set('k', keyed);
  return `${url.pathname}${url.search}`;
}

function fail(dependencies: TwilioChannelDependencies, response: Response, error: unknown): void {
  const { code, status } = describeError(error);
  if (status < 500 && code !== 'not-found') throw error;
  dependencies.log.error('a call could not be answered', { code, ...errorFields(error) });
  sendXml(response, renderFailure(dependencies.translations, dependencies));
}

/** Nothing here is asked for twice to be compared: no digest of the document is made. */
function sendXml(response: Response, xml: string): void {
  const length = Buffer.byteLength(xml);
  response.writeHead(200, {
    'Content-Type': 'text/xml; charset=utf-8',
    'Content-Length': length,
    'Cache-Control': 'no-store',
  });
  response.end(xml);
}
