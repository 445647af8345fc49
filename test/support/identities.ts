import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** A real provider of identities on loopback, with its own pages: any name, any password, then consent. */
export interface Identities {
  issuer: string;
  /** What the service is started with. */
  environment: Record<string, string>;
  /** People, with what their roles claim says. */
  roles: Map<string, string[]>;
  /** Answers for the service at this address, with nobody signed in. */
  serve(serviceUrl: string): void;
  close(): Promise<void>;
}

const CLIENT = { id: 'console', secret: 'a secret of the console' };

export async function startIdentities(): Promise<Identities> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const roles = new Map<string, string[]>();
  return {
    issuer,
    roles,
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_ROLES: 'numero-operateur=operator, numero-admin=admin',
    },
    serve(serviceUrl) {
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: CLIENT.id,
            client_secret: CLIENT.secret,
            redirect_uris: [`${serviceUrl}/console/sign-in/provider/back`],
          },
        ],
        pkce: { required: () => true },
        claims: { profile: ['given_name', 'roles'] },
        cookies: { keys: ['a key of the provider'] },
        findAccount: async (_context, sub) => ({
          accountId: sub,
          claims: async () => ({ sub, given_name: `Prénom ${sub}`, roles: roles.get(sub) ?? [] }),
        }),
      });
      server.removeAllListeners('request');
      server.on('request', provider.callback());
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
