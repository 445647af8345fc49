import { type Request, type Response, Router } from 'express';
import type { Account } from '../accounts/account.js';
import type { Accounts } from '../accounts/accounts.js';
import type { Door } from '../accounts/door.js';
import { may, type Permission } from '../accounts/permissions.js';
import { CodedError } from '../kernel/errors.js';
import { createStaffSessions, sameSecret } from './staff-session.js';

export interface StaffRequest {
  account: Account;
  /** Goes into every form; a form without it is refused. */
  csrf: string;
  request: Request;
  response: Response;
  /** Whether the session still allows this, for an answer that goes on for hours. */
  stillAllowed(): Promise<boolean>;
}

type StaffHandler = (staff: StaffRequest) => Promise<void> | void;

export interface StaffRoutes {
  router: Router;
  /** A page, for whoever may; others are sent to sign in, or refused. */
  page(path: string, permission: Permission, handler: StaffHandler): void;
  /** A form, likewise, with its token. */
  form(path: string, permission: Permission, handler: StaffHandler): void;
  signIn(response: Response, token: string): void;
  /** What the browser holds of a session or of a sign-in under way; '' when nothing. */
  tokenOf(request: Request): string;
  signOut(request: Request, response: Response): Promise<void>;
  /** Every route with what it asks for: a test walks them. */
  readonly declared: readonly { method: 'get' | 'post'; path: string; permission: Permission }[];
}

export interface StaffRoutesParts {
  accounts: Pick<Accounts, 'session'>;
  door: Pick<Door, 'signOut'>;
  csrfKey: Buffer;
  secureCookies: boolean;
}

/** Closed by default: there is no way to add a staff route without a permission. */
export function createStaffRoutes(parts: StaffRoutesParts): StaffRoutes {
  const sessions = createStaffSessions(parts);
  const { identify } = sessions;
  const router = Router();
  const declared: { method: 'get' | 'post'; path: string; permission: Permission }[] = [];

  const guarded =
    (permission: Permission, handler: StaffHandler, isForm: boolean) =>
    async (request: Request, response: Response): Promise<void> => {
      const staff = await identify(request);
      if (staff === undefined) {
        response.redirect(303, '/console/sign-in');
        return;
      }
      if (!may(staff.account, permission))
        throw new CodedError('forbidden', 'Your account does not allow this.');
      if (isForm && !sameSecret(String(request.body?.csrf ?? ''), staff.csrf))
        throw new CodedError('forbidden', 'The form is too old; reload the page and try again.');
      const stillAllowed = async (): Promise<boolean> => {
        const now = await identify(request);
        return now !== undefined && may(now.account, permission);
      };
      await handler({ ...staff, request, response, stillAllowed });
    };

  return {
    router,
    declared,
    tokenOf: sessions.tokenOf,
    page(path, permission, handler) {
      declared.push({ method: 'get', path, permission });
      router.get(path, guarded(permission, handler, false));
    },
    form(path, permission, handler) {
      declared.push({ method: 'post', path, permission });
      router.post(path, guarded(permission, handler, true));
    },
    signIn: sessions.begin,
    async signOut(request, response) {
      await parts.door.signOut(sessions.tokenOf(request));
      sessions.forget(response);
    },
  };
}
