import twilio from 'twilio';
import type { Translations } from '../../../locales/translate.js';

/** What a caller hears when everything behind the phone has failed: the numbers, then a person if there is one. */
export function renderFailure(translations: Translations, lastResortNumber: string): string {
  const response = new twilio.twiml.VoiceResponse();
  const text = translations.spoken('fr', 'voice.failure');
  response.say({ language: 'fr-FR', voice: 'Polly.Lea-Neural' }, text);
  if (lastResortNumber === '') response.say({ language: 'fr-FR', voice: 'Polly.Lea-Neural' }, text);
  else response.dial(lastResortNumber);
  response.hangup();
  return response.toString();
}
