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
  /** Where texts come from: a number, or a name; `undefined` for none. */
  smsFrom: string | undefined;
  publicUrl: string;
}

interface Configured {
  voiceUrl: string;
  voiceMethod: string;
  voiceApplicationSid: string;
  voiceFallbackUrl: string;
  trunkSid: string;
  statusCallback: string;
  statusCallbackMethod: string;
  smsUrl: string;
  smsMethod: string;
  smsApplicationSid: string;
  capabilities: { sms?: boolean };
}

type Client = ReturnType<typeof createTwilioClient>;

/** Whether the carrier would bring a call, or a text, to this service, and would still answer without it. */
export async function checkNumber(api: TwilioApiOptions, settings: NumberSettings): Promise<Finding[]> {
  const client = createTwilioClient(api);
  const find = (number: string) => findNumber(client, number, api);
  try {
    const found = await find(settings.number);
    if (found === undefined)
      return [fault(`The account has no number ${settings.number}: check TWILIO_NUMBER.`)];
    const calls = checkCalls(found, ownOf(settings));
    return [
      good('Twilio accepts the account and its token.'),
      ...calls,
      ...(await checkTexts(settings, found, find)),
    ];
  } catch (error) {
    return [fault(explain(statusOf(error)))];
  }
}

async function findNumber(
  client: Client,
  phoneNumber: string,
  { pause }: TwilioApiOptions,
): Promise<Configured | undefined> {
  const [found] = await withRetries(() => client.incomingPhoneNumbers.list({ phoneNumber, limit: 1 }), pause);
  return found;
}

const ownOf = ({ publicUrl }: NumberSettings): string => publicUrl.replace(/\/$/, '');

function explain(status: number | undefined): string {
  if (status === 401 || status === 403)
    return 'Twilio refuses the account or its token: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.';
  if (status === undefined)
    return 'Twilio cannot be reached from here: check the network, or TWILIO_API_BASE_URL.';
  return `Twilio answered ${status}: try again later.`;
}

function checkCalls(found: Configured, own: string): Finding[] {
  return [
    expectAddress('incoming calls', found.voiceUrl, `${own}/twilio/voice`),
    expectPost('Incoming calls', found.voiceMethod),
    expectNoOther('Incoming calls', found.voiceApplicationSid || found.trunkSid),
    expectAddress('the status callback', found.statusCallback, `${own}/twilio/status`),
    expectPost('The status callback', found.statusCallbackMethod),
    checkFallback(found.voiceFallbackUrl, own),
  ];
}

/** A name can send and receives nothing: who gets such a text cannot answer STOP (docs/phone.md). */
async function checkTexts(
  settings: NumberSettings,
  line: Configured,
  find: (number: string) => Promise<Configured | undefined>,
): Promise<Finding[]> {
  const { smsFrom = '' } = settings;
  const own = ownOf(settings);
  const named = smsFrom !== '' && !smsFrom.startsWith('+');
  if (named) return [good(`Texts come from the name ${smsFrom}, which cannot receive any.`)];
  if (smsFrom === '' && line.capabilities?.sms !== true) return [good('The number takes no texts.')];
  const found = smsFrom === '' || smsFrom === settings.number ? line : await find(smsFrom);
  if (found === undefined) return [fault(`The account has no number ${smsFrom}: check TWILIO_SMS_FROM.`)];
  return [
    expectAddress('incoming texts', found.smsUrl, `${own}/twilio/sms`),
    expectPost('Incoming texts', found.smsMethod),
    expectNoOther('Incoming texts', found.smsApplicationSid),
  ];
}

const expectPost = (what: string, method: string): Finding =>
  method === 'POST' ? good(`${what} are posted.`) : fault(`${what}: set the method to HTTP POST.`);

/** An application or a trunk takes what comes in, whatever the addresses say. */
const expectNoOther = (what: string, other: string | null): Finding =>
  !other ? good(`${what} go to the addresses.`) : fault(`${what} go to ${other}: remove it from the number.`);

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
