import type { RingingService } from './ringing-service.js';
import { signInAs } from './sign-in-as.js';
import { type Heard, WebhookPhone } from './webhook-phone.js';

/** One's own desk phone: the page of the account, and the phone that is called with a code. */
export async function desk({ running, twilio }: RingingService, login: string) {
  const cookie = await signInAs(running.service, login);
  const page = async () => (await fetch(`${running.url}/console/compte`, { headers: { cookie } })).text();
  const calls = () => twilio.requests.filter(({ fields }) => fields.Url?.includes('/twilio/desk-code?'));
  return {
    page,
    calls,
    /** @returns where the form leads */
    async post(path: string, fields: Record<string, string> = {}): Promise<string> {
      const csrf = /name="csrf" value="([^"]+)"/.exec(await page())?.[1] ?? '';
      const body = new URLSearchParams({ csrf, ...fields });
      const form = { method: 'POST', headers: { cookie }, body, redirect: 'manual' } as const;
      const answer = await fetch(`${running.url}/console/compte/desk-phone${path}`, form);
      return answer.headers.get('location') ?? '';
    },
    /** Picks up the last call that says a code. */
    async answers(): Promise<{ heard: Heard; code: string }> {
      const url = calls().at(-1)?.fields.Url ?? '';
      const heard = await new WebhookPhone(running).post(url.slice(new URL(url).origin.length));
      return { heard, code: /(\d)\. (\d)\. (\d)\. (\d)/.exec(heard.said)?.slice(1).join('') ?? '' };
    },
  };
}
