import { z } from 'zod';

const opened = z.object({ token: z.string(), conversationId: z.string() });
const activities = z.object({
  watermark: z.string(),
  activities: z.array(
    z.object({
      type: z.string(),
      text: z.string().optional(),
      from: z.object({ role: z.string().optional() }).optional(),
      attachments: z.array(z.object({ content: z.unknown() })).optional(),
    }),
  ),
});
export type SeenActivity = z.infer<typeof activities>['activities'][number];

const ANSWERS_WITHIN_MS = 20_000;

/** A caller in writing, over Direct Line, without a page. */
export class DirectLineCaller {
  readonly #token: string;
  readonly #path: string;
  base: string;

  private constructor(base: string, token: string, id: string) {
    this.base = base;
    this.#token = token;
    this.#path = `/v3/directline/conversations/${id}/activities`;
  }

  /** @param secret of the server that asks for the token: the brake on the public page does not count */
  static async open(base: string, secret: string): Promise<DirectLineCaller> {
    const response = await fetch(`${base}/v3/directline/tokens/generate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
    });
    const { token, conversationId } = opened.parse(await response.json());
    return new DirectLineCaller(base, token, conversationId);
  }

  /** @returns whether the service has said that it has the message */
  async say(text: string, key: string): Promise<boolean> {
    try {
      const response = await this.#request('POST', '', {
        type: 'message',
        text,
        channelData: { clientActivityID: key },
      });
      return response.ok;
    } catch {
      return false;
    }
  }

  /** Everything said so far. */
  async transcript(): Promise<SeenActivity[]> {
    const all: SeenActivity[] = [];
    let watermark = '';
    for (let read = 0; read < 100; read += 1) {
      const set = activities.parse(await (await this.#request('GET', `?watermark=${watermark}`)).json());
      all.push(...set.activities);
      if (set.watermark === watermark || set.activities.length === 0) break;
      watermark = set.watermark;
    }
    return all;
  }

  #request(method: string, query: string, body?: unknown): Promise<Response> {
    return fetch(this.base + this.#path + query, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

/** The nine digits of an appointment card, if one was given. */
export function codeIn(said: readonly SeenActivity[]): string | undefined {
  const cards = said.flatMap(({ attachments }) => attachments ?? []).map(({ content }) => content);
  const codes = z.object({ kind: z.literal('appointment'), code: z.string() });
  return cards.map((card) => codes.safeParse(card)).find(({ success }) => success)?.data?.code;
}
