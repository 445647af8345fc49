/** As much of a browser's XMLHttpRequest as the official client uses, over `fetch`. */
export class XmlHttpRequest {
  readyState = 0;
  status = 0;
  response: unknown = null;
  responseType = '';
  timeout = 0;
  withCredentials = false;
  readonly upload = {};
  onreadystatechange: ((event: unknown) => void) | undefined;
  onerror: ((event: unknown) => void) | undefined;
  ontimeout: ((event: unknown) => void) | undefined;
  readonly #headers = new Headers();
  readonly #abort = new AbortController();
  #method = 'GET';
  #url = '';
  #answered = new Headers();

  open(method: string, url: string): void {
    this.#method = method;
    this.#url = url;
    this.readyState = 1;
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers.set(name, value);
  }

  send(body?: string): void {
    void this.#send(body);
  }

  abort(): void {
    this.#abort.abort();
  }

  getResponseHeader(name: string): string | null {
    return this.#answered.get(name);
  }

  async #send(body?: string): Promise<void> {
    try {
      const answer = await fetch(this.#url, {
        method: this.#method,
        headers: this.#headers,
        signal: this.#abort.signal,
        ...(body === undefined ? {} : { body }),
      });
      const text = await answer.text();
      this.status = answer.status;
      this.#answered = answer.headers;
      this.response = text === '' ? null : JSON.parse(text);
      this.readyState = 4;
      this.onreadystatechange?.({ type: 'readystatechange', target: this });
    } catch (error) {
      this.onerror?.(error);
    }
  }
}
