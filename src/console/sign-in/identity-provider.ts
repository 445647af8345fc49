import * as oidc from 'openid-client';
import { z } from 'zod';
import type { Role } from '../../accounts/account.js';
import type { ProvidedIdentity } from '../../accounts/provided-identity.js';
import { CodedError } from '../../kernel/errors.js';

export interface ProviderSetting {
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  /** The claim that says what somebody does: a text or a list of texts. */
  rolesClaim: string;
  /** What the claim's values mean here. */
  roleOf: Readonly<Record<string, Role>>;
}

/** What the browser keeps, sealed, between the two halves of a sign-in. */
export const pendingSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  until: z.number(),
});
export type PendingSignIn = Omit<z.infer<typeof pendingSchema>, 'until'>;

/** OpenID Connect, authorization code with PKCE, state and nonce. */
export interface IdentityProvider {
  begin(redirectUri: string): Promise<{ url: string; pending: PendingSignIn }>;
  /** @throws CodedError `forbidden` for an answer that is not the one to this question */
  finish(answer: URL, pending: PendingSignIn): Promise<ProvidedIdentity>;
}

const SCOPE = 'openid profile';
const FIND_SECONDS = 10;

export function createIdentityProvider(setting: ProviderSetting): IdentityProvider {
  let found: oidc.Configuration | undefined;
  /** Looked for at the first sign-in, and again after a failure. */
  const configuration = async (): Promise<oidc.Configuration> => {
    found ??= await discover(setting);
    return found;
  };

  return {
    async begin(redirectUri) {
      const config = await configuration();
      const pending = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: SCOPE,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, pending };
    },
    async finish(answer, { state, nonce, verifier }) {
      const config = await configuration();
      try {
        const tokens = await oidc.authorizationCodeGrant(config, answer, {
          ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier },
          idTokenExpected: true,
        });
        const claims = await claimsOf(config, tokens, setting.rolesClaim);
        return identityOf(claims, setting);
      } catch (cause) {
        throw new CodedError('forbidden', 'The sign-in was not confirmed; start again.', { cause });
      }
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: ProviderSetting): Promise<oidc.Configuration> {
  const address = new URL(issuer);
  const execute = address.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
  try {
    const options = { execute, timeout: FIND_SECONDS };
    return await oidc.discovery(address, clientId, clientSecret, undefined, options);
  } catch (cause) {
    throw new CodedError('unavailable', 'The provider of identities does not answer; try again.', { cause });
  }
}

type Claims = Readonly<Record<string, unknown>> & { sub: string };

/** Many providers put roles in the ID token, others answer them at the user info address only. */
async function claimsOf(
  config: oidc.Configuration,
  tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers,
  rolesClaim: string,
): Promise<Claims> {
  const claims = tokens.claims();
  if (claims === undefined) throw new Error('there is no ID token');
  const askFor = claims[rolesClaim] === undefined && config.serverMetadata().userinfo_endpoint !== undefined;
  if (!askFor) return claims;
  return { ...claims, ...(await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)) };
}

function identityOf(claims: Claims, { issuer, rolesClaim, roleOf }: ProviderSetting): ProvidedIdentity {
  const given = claims[rolesClaim];
  const values = (Array.isArray(given) ? given : [given]).filter((one) => typeof one === 'string');
  const roles = [
    ...new Set(values.flatMap((value) => (Object.hasOwn(roleOf, value) ? [roleOf[value]] : []))),
  ];
  const name = [claims.nickname, claims.given_name, claims.preferred_username].find(
    (one) => typeof one === 'string',
  );
  return { issuer, subject: claims.sub, name: String(name ?? ''), roles: roles as Role[] };
}
