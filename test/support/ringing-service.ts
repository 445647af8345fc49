import { ACCOUNT, type FakeTwilio, fakeTwilio, TOKEN } from './fake-twilio.js';
import { runningService, type TestService } from './running-service.js';
import { type Heard, postSigned, WebhookPhone } from './webhook-phone.js';

/** A desk phone that rings. */
export interface RingingDesk {
  number: string;
  sid: string;
  /** Picks up, and hears the whisper. */
  pickUp(): Promise<Heard>;
  press(key: string): Promise<Heard>;
  /** The carrier tells how the leg ended. */
  ended(status: 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled'): Promise<void>;
}

export interface RingingService {
  running: TestService;
  twilio: FakeTwilio;
  /** Every desk phone rung so far, in order. */
  desks(): RingingDesk[];
  phone(from?: string): WebhookPhone;
  /** A caller who waits for a psychologist, the first of whom is being rung. */
  waiting(): Promise<WebhookPhone>;
  remove(): Promise<void>;
}

/** The whole service on a fake of Twilio's API: legs are moved by hand. */
export async function ringingService(environment: Record<string, string> = {}): Promise<RingingService> {
  const twilio = await fakeTwilio();
  const running = await runningService({
    TWILIO_API_BASE_URL: twilio.url,
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: TOKEN,
    ...environment,
  });
  const phone = (from?: string): WebhookPhone => new WebhookPhone(running, from);
  return {
    running,
    twilio,
    desks: () => desksOf(twilio, running),
    phone,
    async waiting() {
      const caller = phone();
      await caller.dial();
      await caller.say('je voudrais parler à un psychologue maintenant');
      return caller;
    },
    async remove() {
      await running.remove();
      await twilio.close();
    },
  };
}

function desksOf(twilio: FakeTwilio, running: TestService): RingingDesk[] {
  const made = twilio.requests.filter(
    ({ method, path }) => method === 'post' && path.endsWith('/Calls.json'),
  );
  return made.flatMap(({ fields }, index) => {
    if (!(fields.Url ?? '').includes('/leg?')) return [];
    const sid = `CA${String(index + 1).padStart(32, '0')}`;
    const leg = new WebhookPhone(running, '+33100000000');
    const path = (url = ''): string => url.slice(new URL(url).origin.length);
    const desk: RingingDesk = {
      number: fields.To ?? '',
      sid,
      pickUp: () => leg.post(path(fields.Url), { CallSid: sid }),
      press: (key) => leg.post(path(fields.Url).replace('/leg?', '/leg-key?'), { CallSid: sid, Digits: key }),
      ended: async (status) => {
        twilio.calls.set(sid, status);
        await postSigned(running, path(fields.StatusCallback), { CallSid: sid, CallStatus: status });
      },
    };
    return [desk];
  });
}
