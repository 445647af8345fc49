import twilio from 'twilio';

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

/** @param options.apiBaseUrl origin of Twilio's API, or of the loopback network of the local phone */
export function twilioClient(options: {
  accountSid: string;
  authToken: string;
  apiBaseUrl: string | undefined;
}): ReturnType<typeof twilio> {
  const httpClient = new RedirectedClient(options.apiBaseUrl ?? TWILIO_API);
  return twilio(options.accountSid, options.authToken, { httpClient });
}
