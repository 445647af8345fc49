import type { Response } from 'express';
import { z } from 'zod';
import type { Accounts } from '../../accounts/accounts.js';
import { may } from '../../accounts/permissions.js';
import type { ConsoleFrame } from '../frame.js';
import { layout } from '../layout.js';
import type { StaffRoutes } from '../staff-routes.js';
import { signInView } from './sign-in-view.js';

const signInSchema = z.object({ login: z.string().min(1).max(61), password: z.string().min(1).max(200) });

/** The door: the only pages that ask for no permission. */
export function addSignIn(
  { accounts }: { accounts: Accounts },
  { t }: ConsoleFrame,
  routes: StaffRoutes,
): void {
  const show = (response: Response, fault = ''): void => {
    response
      .type('html')
      .send(
        layout(
          t,
          { path: '/console/sign-in' },
          { title: t('console.sign-in'), content: signInView(t, fault) },
        ),
      );
  };
  routes.router.get('/sign-in', (_request, response) => show(response));
  routes.router.post('/sign-in', async (request, response) => {
    const given = signInSchema.safeParse(request.body);
    const outcome = given.success
      ? await accounts.signIn(given.data.login, given.data.password)
      : ({ kind: 'refused' } as const);
    if (outcome.kind === 'signed-in') {
      routes.signIn(response, outcome.token);
      const account = await accounts.session(outcome.token);
      const seesDesk = account !== undefined && may(account, 'desk:see');
      response.redirect(303, seesDesk ? '/console' : '/console/permanence');
      return;
    }
    response.status(401);
    show(
      response,
      outcome.kind === 'slow-down'
        ? t('console.slow-down', { seconds: outcome.seconds })
        : t('console.refused'),
    );
  });
  routes.form('/sign-out', 'duty:own', async ({ request, response }) => {
    await routes.signOut(request, response);
    response.redirect(303, '/console/sign-in');
  });
}
