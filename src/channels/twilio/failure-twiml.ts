import twilio from 'twilio';
import type { Translations } from '../../../locales/translate.js';

const LAST_RESORT_RINGS_SECONDS = 40;

export interface LastResort {
  /** Whom to dial, E.164; '' for nobody. */
  lastResortNumber: string;
  /** What they see: the line's number, never the caller's (product.md, "Anonymity", rule 2). */
  callerId: string;
}

/**
 * What a caller hears when everything behind the phone has failed: the numbers, then a person if there is one.
 * The same document is hosted at the carrier, for the time the whole service is down (docs/phone.md).
 */
export function renderFailure(
  translations: Translations,
  { lastResortNumber, callerId }: LastResort,
): string {
  const response = new twilio.twiml.VoiceResponse();
  const text = translations.spoken('fr', 'voice.failure');
  const say = (): void => {
    response.say({ language: 'fr-FR', voice: 'Polly.Lea-Neural' }, text);
  };
  say();
  if (lastResortNumber !== '')
    response.dial({ timeout: LAST_RESORT_RINGS_SECONDS, callerId }, lastResortNumber);
  // Also when the last resort does not answer: the numbers are the last thing heard, not silence.
  say();
  response.hangup();
  return response.toString();
}
