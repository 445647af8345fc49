import { CallLeg } from './call-leg.js';
import type { CallEvent, Callee, CallStatus } from './callee.js';
import type { DialOut } from './leg-options.js';
import type { PhoneClock } from './phone-clock.js';
import { ringPhone } from './ring-phone.js';
import type { Fields, SendSigned } from './signed-webhook.js';
import type { Verb } from './twiml.js';

export interface DialOutDependencies {
  clock: PhoneClock;
  send: SendSigned;
  newSid: () => string;
  callee: (number: string) => Callee;
  rings?: ((number: string) => void) | undefined;
}

const DEFAULT_TIMEOUT = 30;
const EVENTS: readonly CallEvent[] = ['initiated', 'ringing', 'answered', 'completed'];

/** A Dial of numbers: all ring at once, the first who answers is put through, the others are cancelled. */
export function createDialOut({ clock, send, newSid, callee, rings }: DialOutDependencies): DialOut {
  const legOf = (from: CallLeg, dial: Verb, noun: Verb): { leg: CallLeg; to: Callee } => {
    const to = callee(noun.text);
    const { fields, rooms } = from.options;
    const { statusCallback, statusCallbackEvent = 'completed', url } = noun.attributes;
    const wanted = statusCallbackEvent.split(' ');
    const leg = new CallLeg({
      sid: newSid(),
      url: url === undefined ? '' : new URL(url, from.options.url).toString(),
      fields: {
        AccountSid: fields.AccountSid ?? '',
        From: dial.attributes.callerId ?? fields.From ?? '',
        To: noun.text,
        Direction: 'outbound-dial',
        ParentCallSid: from.options.sid,
      },
      party: to.party,
      rooms,
      clock,
      send,
      statusCallback:
        statusCallback === undefined ? undefined : new URL(statusCallback, from.options.url).toString(),
      statusEvents: EVENTS.filter((event) => wanted.includes(event)),
    });
    return { leg, to };
  };

  return async (from, dial, signal) => {
    const nouns = dial.children.length > 0 ? dial.children : [{ ...dial, attributes: {}, children: [] }];
    const timeout = Number(dial.attributes.timeout ?? DEFAULT_TIMEOUT);
    const stop = new AbortController();
    signal.addEventListener('abort', () => stop.abort());
    let answered: CallLeg | undefined;

    const ringOne = async (noun: Verb): Promise<CallStatus> => {
      const { leg, to } = legOf(from, dial, noun);
      rings?.(noun.text);
      const status = await ringPhone({ leg, callee: to, clock, timeout, signal: stop.signal });
      if (status !== 'in-progress') return status;
      const accepts = await heardWhisper(leg, noun);
      if (!accepts || answered !== undefined || stop.signal.aborted) {
        await leg.tell('completed');
        return 'no-answer';
      }
      answered = leg;
      stop.abort();
      return 'in-progress';
    };

    const statuses = await Promise.all(nouns.map(ringOne));
    if (answered === undefined) return { DialCallStatus: overall(statuses) };
    return bridge(from, answered);
  };
}

/** A Number's own document is played to who answers before they are put through; one that hangs up refuses. */
async function heardWhisper(leg: CallLeg, noun: Verb): Promise<boolean> {
  return noun.attributes.url === undefined ? true : leg.playWhisper();
}

async function bridge(from: CallLeg, leg: CallLeg): Promise<Fields> {
  const room = `bridge-${leg.options.sid}`;
  await Promise.all([from.meet(room, true), leg.meet(room, true)]);
  const { duration } = leg;
  await leg.tell('completed');
  return {
    DialCallStatus: 'completed',
    DialCallSid: leg.options.sid,
    DialCallDuration: String(duration),
  };
}

/** Twilio tells of one of them: busy and failed when all were so, else that nobody answered. */
function overall(statuses: readonly CallStatus[]): string {
  const [first] = statuses;
  const same = statuses.every((status) => status === first);
  return same && (first === 'busy' || first === 'failed' || first === 'canceled') ? first : 'no-answer';
}
