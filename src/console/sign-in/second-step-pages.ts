import type { Response } from 'express';
import { z } from 'zod';
import type { Door } from '../../accounts/door.js';
import type { StaffId } from '../../kernel/ids.js';
import type { ConsoleFrame } from '../frame.js';
import { homeOf, layout } from '../layout.js';
import type { StaffRoutes } from '../staff-routes.js';
import { codeView, enrolmentView, recoveryCodesView } from './second-step-view.js';

export interface SecondStepParts {
  door: Door;
  /** Demonstration only: the code to show beside the field that asks for it. */
  codeHint?: (staff: StaffId) => Promise<string>;
}

const codeSchema = z.object({ code: z.string().trim().min(1).max(40) });

/** After the password: a code of the authenticator, or its enrolment at the first sign-in. */
export function addSecondStep(parts: SecondStepParts, { t }: ConsoleFrame, routes: StaffRoutes): void {
  const { door, codeHint } = parts;
  const show = (response: Response, content: string): void => {
    const page = { title: t('staff-account.second-step'), content, styles: ['account.css'] };
    response.type('html').send(layout(t, { path: '/console/sign-in' }, page));
  };
  const hintFor = async (token: string): Promise<string> => {
    const staff = codeHint === undefined ? undefined : await door.waiting(token);
    return staff === undefined || codeHint === undefined ? '' : codeHint(staff);
  };
  const codeOf = (body: unknown): string => codeSchema.safeParse(body).data?.code ?? '';

  routes.router.get('/sign-in/code', async (request, response) => {
    const token = routes.tokenOf(request);
    if ((await door.waiting(token)) === undefined) response.redirect(303, '/console/sign-in');
    else show(response, codeView(t, { fault: '', hint: await hintFor(token) }));
  });
  routes.router.post('/sign-in/code', async (request, response) => {
    const token = routes.tokenOf(request);
    const outcome = await door.code(token, codeOf(request.body));
    if (outcome.kind === 'ended') {
      response.redirect(303, '/console/sign-in');
      return;
    }
    if (outcome.kind === 'signed-in') {
      routes.signIn(response, outcome.token);
      const recovered = outcome.recoveryLeft !== undefined;
      response.redirect(303, recovered ? '/console/compte?said=recovered' : homeOf(outcome.account));
      return;
    }
    const fault =
      outcome.kind === 'slow-down'
        ? t('console.slow-down', { seconds: outcome.seconds })
        : t('staff-account.code-refused');
    show(response.status(401), codeView(t, { fault, hint: await hintFor(token) }));
  });
  routes.router.get('/sign-in/enrolment', async (request, response) => {
    const shared = await door.enrolment(routes.tokenOf(request));
    if (shared === undefined) response.redirect(303, '/console/sign-in');
    else show(response, enrolmentView(t, { ...shared, fault: '' }));
  });
  routes.router.post('/sign-in/enrolment', async (request, response) => {
    const token = routes.tokenOf(request);
    const shared = await door.enrolment(token);
    const outcome = await door.enrol(token, codeOf(request.body));
    if (outcome.kind === 'signed-in') {
      routes.signIn(response, outcome.token);
      show(response, recoveryCodesView(t, outcome.recoveryCodes, homeOf(outcome.account)));
      return;
    }
    if (shared === undefined) response.redirect(303, '/console/sign-in');
    else show(response.status(401), enrolmentView(t, { ...shared, fault: t('staff-account.code-refused') }));
  });
}
