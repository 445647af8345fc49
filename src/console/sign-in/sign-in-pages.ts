import type { Response } from 'express';
import { z } from 'zod';
import type { ConsoleFrame } from '../frame.js';
import { layout } from '../layout.js';
import type { StaffRoutes } from '../staff-routes.js';
import type { ProviderParts } from './provider-pages.js';
import { signInView } from './sign-in-view.js';

const signInSchema = z.object({ login: z.string().min(1).max(61), password: z.string().min(1).max(200) });

/** The door: the only pages that ask for no permission. */
export function addSignIn(
  { door, provider }: Pick<ProviderParts, 'door' | 'provider'>,
  { t }: ConsoleFrame,
  routes: StaffRoutes,
): void {
  const show = (response: Response, fault = ''): void => {
    const page = {
      title: t('console.sign-in'),
      content: signInView(t, { fault, provider: provider !== undefined }),
    };
    response.type('html').send(layout(t, { path: '/console/sign-in' }, page));
  };
  routes.router.get('/sign-in', (_request, response) => show(response));
  routes.router.post('/sign-in', async (request, response) => {
    const given = signInSchema.safeParse(request.body);
    const outcome = given.success
      ? await door.password(given.data.login, given.data.password)
      : ({ kind: 'refused' } as const);
    if ('token' in outcome) {
      routes.signIn(response, outcome.token);
      const next = outcome.kind === 'code-wanted' ? 'code' : 'enrolment';
      response.redirect(303, `/console/sign-in/${next}`);
      return;
    }
    response.status(401);
    const slow = outcome.kind === 'slow-down';
    show(response, slow ? t('console.slow-down', { seconds: outcome.seconds }) : t('console.refused'));
  });
  routes.form('/sign-out', 'account:own', async ({ request, response }) => {
    await routes.signOut(request, response);
    response.redirect(303, '/console/sign-in');
  });
}
