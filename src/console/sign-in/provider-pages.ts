import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import { html } from 'ghtml';
import type { Door } from '../../accounts/door.js';
import type { ProvidedIdentity, ProvidedOutcome } from '../../accounts/provided-identity.js';
import { type Clock, MINUTE } from '../../kernel/clock.js';
import { CodedError } from '../../kernel/errors.js';
import type { Secrets } from '../../privacy/secrets.js';
import type { ConsoleFrame } from '../frame.js';
import { homeOf, layout } from '../layout.js';
import type { StaffRoutes } from '../staff-routes.js';
import { type IdentityProvider, type PendingSignIn, pendingSchema } from './identity-provider.js';

export interface ProviderParts {
  clock: Clock;
  door: Door;
  secrets: Secrets;
  secureCookies: boolean;
  /** Absent unless OIDC_ISSUER is configured. */
  provider?: {
    identities: IdentityProvider;
    accountOf: (identity: ProvidedIdentity) => Promise<ProvidedOutcome>;
    publicUrl: () => string;
  };
}

const COOKIE = 'console-provider';
const BACK = '/console/sign-in/provider/back';
const LONGEST = 10 * MINUTE;

/** Sign-in by the organisation's own provider of identities; the second factor is the provider's. */
export function addProvider(parts: ProviderParts, { t }: ConsoleFrame, routes: StaffRoutes): void {
  const { clock, door, secrets, secureCookies, provider } = parts;
  if (provider === undefined) return;
  const { identities, accountOf, publicUrl } = provider;
  /** Lax: the provider sends the browser here from its own site. */
  const options = {
    path: '/console/sign-in',
    httpOnly: true,
    sameSite: 'lax',
    secure: secureCookies,
  } as const;
  const keep = (response: Response, value: string, maxAge: number): void => {
    response.append('Set-Cookie', stringifySetCookie({ name: COOKIE, value, maxAge, ...options }));
  };
  const pendingOf = (request: Request): PendingSignIn => {
    const sealed = parseCookie(request.get('cookie') ?? '')[COOKIE] ?? '';
    const kept = pendingSchema.parse(JSON.parse(secrets.open('provider', sealed, COOKIE)));
    if (clock.now() >= kept.until) throw new CodedError('forbidden', 'This took too long; start again.');
    return kept;
  };

  routes.router.get('/sign-in/provider', async (_request, response) => {
    const { url, pending } = await identities.begin(`${publicUrl()}${BACK}`);
    const kept = JSON.stringify({ ...pending, until: clock.now() + LONGEST });
    keep(response, secrets.seal('provider', kept, COOKIE), LONGEST / 1_000);
    response.redirect(303, url);
  });
  routes.router.get('/sign-in/provider/back', async (request, response) => {
    const pending = pendingOf(request);
    keep(response, '', 0);
    const identity = await identities.finish(new URL(request.originalUrl, publicUrl()), pending);
    const outcome = await accountOf(identity);
    if (outcome.kind !== 'known') {
      const content = html`<section class="sign-in"><h1>${t('console.sign-in')}</h1><p role="alert">${t(`staff-account.provided.${outcome.kind}`)}</p></section>`;
      response.status(403).type('html');
      response.send(layout(t, { path: BACK }, { title: t('console.sign-in'), content }));
      return;
    }
    routes.signIn(response, await door.admit(outcome.account));
    response.type('html').send(goOn(t('staff-account.provided.go-on'), homeOf(outcome.account)));
  });
}

/** A strict cookie is not sent along a chain that began on another site: this page begins a new one. */
const goOn = (word: string, home: string): string =>
  html`<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>${word}</title>
<meta http-equiv="refresh" content="0;url=${home}"></head><body><p><a href="${home}">${word}</a></p></body></html>`;
