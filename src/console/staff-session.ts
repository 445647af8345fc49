import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import type { Account } from '../accounts/account.js';
import type { Accounts } from '../accounts/accounts.js';

export interface StaffSession {
  account: Account;
  /** Goes with everything that changes something; without it, it is refused. */
  csrf: string;
}

/** The session of a browser: its cookie, and the token its forms carry. */
export interface StaffSessions {
  /** What the browser holds of a session or of a sign-in under way; '' when nothing. */
  tokenOf(request: Request): string;
  identify(request: Request): Promise<StaffSession | undefined>;
  begin(response: Response, token: string): void;
  forget(response: Response): void;
}

export function createStaffSessions(parts: {
  accounts: Pick<Accounts, 'session'>;
  csrfKey: Buffer;
  secureCookies: boolean;
}): StaffSessions {
  const { accounts, csrfKey, secureCookies } = parts;
  const name = secureCookies ? '__Host-console' : 'console';
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: secureCookies } as const;
  const tokenOf = (request: Request): string => parseCookie(request.get('cookie') ?? '')[name] ?? '';
  return {
    tokenOf,
    async identify(request) {
      const token = tokenOf(request);
      const account = token === '' ? undefined : await accounts.session(token);
      if (account === undefined) return undefined;
      return { account, csrf: createHmac('sha256', csrfKey).update(token).digest('base64url') };
    },
    begin(response, token) {
      response.append('Set-Cookie', stringifySetCookie({ name, value: token, ...options }));
    },
    forget(response) {
      response.append('Set-Cookie', stringifySetCookie({ name, value: '', ...options, maxAge: 0 }));
    },
  };
}

export function sameSecret(given: string, right: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
