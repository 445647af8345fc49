/** All that this page keeps, in this tab, while the conversation is open. */
export interface Session {
  token: string;
  conversationId: string;
}

const STORED = 'conversation';

export function readSession(): Session | undefined {
  try {
    const { token, conversationId } = JSON.parse(sessionStorage.getItem(STORED) ?? '{}') as Partial<Session>;
    return token === undefined || conversationId === undefined ? undefined : { token, conversationId };
  } catch {
    return undefined;
  }
}

/** A browser that keeps nothing loses the conversation on reload, and nothing else. */
export function keepSession({ token, conversationId }: Session): void {
  try {
    sessionStorage.setItem(STORED, JSON.stringify({ token, conversationId }));
  } catch {}
}

export function forgetSession(): void {
  try {
    sessionStorage.removeItem(STORED);
  } catch {}
}
