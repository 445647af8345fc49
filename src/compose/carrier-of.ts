import type { Account } from '../accounts/account.js';
import type { Accounts } from '../accounts/accounts.js';
import { createTwilioCarrier } from '../channels/twilio/twilio-carrier.js';
import type { Config } from '../config.js';
import { asId, type StaffId } from '../kernel/ids.js';
import type { Logger } from '../kernel/log.js';
import type { ContactVault } from '../privacy/contact-vault.js';
import type { Secrets } from '../privacy/secrets.js';

interface CarrierNeeds {
  accounts: Accounts;
  contacts: ContactVault;
  secrets: Secrets;
  /** Origin of this service, known once it listens. */
  publicUrl: () => string;
  log: Logger;
}

/** The carrier of the configuration; without an account nobody can be rung, and nothing fails for it. */
export function carrierOf(
  twilio: Config['twilio'],
  { accounts, contacts, secrets, publicUrl, log }: CarrierNeeds,
) {
  if (twilio === undefined)
    return {
      ring: async () => ({ kind: 'failed' }) as const,
      ringCaller: async () => ({ kind: 'failed' }) as const,
      callBack: async () => ({ kind: 'failed' }) as const,
      hangUp: async () => undefined,
      isOver: async () => false,
      closeRoom: async () => undefined,
      notify: async () => undefined,
      sayCode: async () => 'failed' as const,
      setExit: async () => 'failed' as const,
      erase: async () => 'kept' as const,
    };
  const numberOf = (account: Account): string | undefined =>
    account.disabled || account.deskPhone === null
      ? undefined
      : secrets.open('desk-phone', account.deskPhone, account.id);
  return createTwilioCarrier({
    accountSid: twilio.accountSid,
    authToken: twilio.authToken,
    from: twilio.number,
    apiBaseUrl: twilio.apiBaseUrl,
    publicUrl,
    log,
    callerPhone: (contact, purpose) => contacts.open(contact, purpose),
    deskPhones: {
      async of(responder) {
        const account = await accounts.get(asId<StaffId>(responder));
        return account?.deskPhoneVerified === true ? numberOf(account) : undefined;
      },
      async entered(responder) {
        const account = await accounts.get(asId<StaffId>(responder));
        return account && numberOf(account);
      },
    },
  });
}
