import { createTwilioClient, statusOf, type TwilioApiOptions, withRetries } from './twilio-client.js';

/** One thing that was looked at. `fault`: callers would not be answered as they should. */
export interface Finding {
  kind: 'good' | 'fault';
  /** What was found, and for a fault what to do; never a token or a caller's number. */
  text: string;
}

export interface NumberSettings {
  /** The line's number, E.164. */
  number: string;
  publicUrl: string;
}

interface Configured {
  voiceUrl: string;
  voiceMethod: string;
  voiceFallbackUrl: string;
  statusCallback: string;
  smsUrl: string;
}

/** Whether the carrier would bring a call to this service, and would still answer without it. */
export async function checkNumber(api: TwilioApiOptions, settings: NumberSettings): Promise<Finding[]> {
  const client = createTwilioClient(api);
  try {
    const search = { phoneNumber: settings.number, limit: 1 };
    const [found] = await withRetries(() => client.incomingPhoneNumbers.list(search), api.pause);
    if (found === undefined)
      return [fault(`The account has no number ${settings.number}: check TWILIO_NUMBER.`)];
    return [good('Twilio accepts the account and its token.'), ...checkAddresses(found, settings)];
  } catch (error) {
    return [fault(explain(statusOf(error)))];
  }
}

function explain(status: number | undefined): string {
  if (status === 401 || status === 403)
    return 'Twilio refuses the account or its token: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.';
  if (status === undefined)
    return 'Twilio cannot be reached from here: check the network, or TWILIO_API_BASE_URL.';
  return `Twilio answered ${status}: try again later.`;
}

function checkAddresses(found: Configured, { publicUrl }: NumberSettings): Finding[] {
  const own = publicUrl.replace(/\/$/, '');
  return [
    expectAddress('incoming calls', found.voiceUrl, `${own}/twilio/voice`),
    found.voiceMethod === 'POST'
      ? good('Incoming calls are posted.')
      : fault('Incoming calls: set the method to HTTP POST.'),
    expectAddress('the status callback', found.statusCallback, `${own}/twilio/status`),
    checkFallback(found.voiceFallbackUrl, own),
  ];
}

const expectAddress = (what: string, is: string, wanted: string): Finding =>
  is === wanted
    ? good(`The address for ${what} is ${wanted}.`)
    : fault(`Set the address for ${what} to ${wanted}.`);

/** It must answer when this service does not: an address of ours would fail with it. */
function checkFallback(is: string, own: string): Finding {
  if (is === '')
    return fault(
      'Set a fallback address for calls, held by the carrier: numero-unique check --fallback-twiml.',
    );
  if (is.startsWith(own)) return fault('The fallback address is on this service, and would be down with it.');
  return good('Calls have a fallback address outside this service.');
}

const good = (text: string): Finding => ({ kind: 'good', text });
const fault = (text: string): Finding => ({ kind: 'fault', text });
