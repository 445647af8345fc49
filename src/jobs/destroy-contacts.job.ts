import type { ContactVault } from '../privacy/contact-vault.js';
import type { Job } from './job.js';

/** Destroys contacts 24 h after their purpose has ended (product.md, "Anonymity", rule 4). */
export const destroyContacts = (contacts: ContactVault): Job => ({
  name: 'destroy-contacts',
  pattern: '*/10 * * * *',
  run: () => contacts.destroyDue(),
});
