import type { Clock } from '../kernel/clock.js';
import type { Random } from '../kernel/random.js';
import type { AccountStore, SessionStore } from './account-store.js';
import { type Accounts, createAccounts } from './accounts.js';
import { type ApiTokens, createApiTokens } from './api-token.js';
import type { ApiTokenStore } from './api-token-store.js';
import type { Audit } from './audit.js';
import { createDoor, type Door } from './door.js';
import { createPasswordGate } from './password-gate.js';
import type { PasswordHasher } from './password-hasher.js';
import { createSecondFactors, type SecondFactors, type SecretSealer } from './second-factor.js';
import type { SecondFactorStore } from './second-factor-store.js';
import { createSessions, type Sessions } from './sessions.js';
import { createSignInBrake } from './sign-in-brake.js';

/** Everything about staff, joined. */
export interface Staff {
  accounts: Accounts;
  door: Door;
  sessions: Sessions;
  secondFactors: SecondFactors;
  apiTokens: ApiTokens;
}

export function createStaff(parts: {
  clock: Clock;
  random: Random;
  stores: {
    accounts: AccountStore;
    sessions: SessionStore;
    secondFactors: SecondFactorStore;
    apiTokens: ApiTokenStore;
  };
  audit: Pick<Audit, 'record'>;
  hasher: PasswordHasher;
  sealer: SecretSealer;
}): Staff {
  const { clock, random, stores, audit, hasher, sealer } = parts;
  const sessions = createSessions({ clock, random, store: stores.sessions });
  const secondFactors = createSecondFactors({ clock, random, store: stores.secondFactors, sealer });
  const passwords = createPasswordGate(hasher, random);
  const shared = {
    accounts: stores.accounts,
    sessions,
    secondFactors,
    passwords,
    audit,
    tokens: stores.apiTokens,
  };
  return {
    accounts: createAccounts({ ...shared, clock, random }),
    door: createDoor({ ...shared, brake: createSignInBrake(clock) }),
    sessions,
    secondFactors,
    apiTokens: createApiTokens({ clock, random, store: stores.apiTokens, accounts: stores.accounts, audit }),
  };
}
