import { setTimeout as wait } from 'node:timers/promises';
import twilio from 'twilio';

export interface TwilioApiOptions {
  accountSid: string;
  authToken: string;
  /** Origin of Twilio's API, or of the loopback network of the local phone. */
  apiBaseUrl: string | undefined;
  /** Waits between attempts; tests do not. */
  pause?: (ms: number) => Promise<unknown>;
}

export type TwilioClient = ReturnType<typeof twilio>;

/** A webhook waits for this answer, so it must come well within its own three seconds. */
const API_TIMEOUT_MS = 1_500;
const TWILIO_API = 'https://api.twilio.com';

type RequestOptions<T> = Parameters<typeof twilio.RequestClient.prototype.request<T>>[0];
type ClientResponse<T> = Awaited<ReturnType<typeof twilio.RequestClient.prototype.request<T>>>;

/** Sends the library's requests to another origin: it has no setting for it. */
class RedirectedClient extends twilio.RequestClient {
  readonly #origin: string;

  constructor(origin: string) {
    super({ timeout: API_TIMEOUT_MS });
    this.#origin = origin;
  }

  override request<T>(options: RequestOptions<T>): Promise<ClientResponse<T>> {
    return super.request<T>({ ...options, uri: options.uri.replace(TWILIO_API, this.#origin) });
  }
}

export function createTwilioClient({ accountSid, authToken, apiBaseUrl }: TwilioApiOptions): TwilioClient {
  return twilio(accountSid, authToken, { httpClient: new RedirectedClient(apiBaseUrl ?? TWILIO_API) });
}

/** HTTP status of an answer of Twilio's that is an error; `undefined` when nothing was answered. */
export const statusOf = (error: unknown): number | undefined => {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' ? status : undefined;
};

/** The carrier was busy or unwell, or could not be reached: worth another try. Its refusals are not. */
const isPassing = (error: unknown): boolean => {
  const status = statusOf(error);
  return status === undefined || status === 429 || status >= 500;
};

/** Pauses between attempts: all of them fit, with the attempts, in the time a webhook has for its answer. */
const BACK_OFF_MS = [150, 450] as const;

/** Runs a request again, after a growing pause, while its failure may pass. Rejects with the last failure. */
export async function withRetries<T>(
  request: () => Promise<T>,
  pause: (ms: number) => Promise<unknown> = wait,
): Promise<T> {
  for (const ms of BACK_OFF_MS) {
    try {
      return await request();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await pause(ms);
    }
  }
  return request();
}
