import type { ReminderWay } from './reminder-store.js';

const LONGEST = 254;
const MAIL = /^[^\s@<>",;:\\]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,4}$/i;
/** Mobile numbers of metropolitan France, and of the departments and collectivities that share its numbering. */
const FRENCH_MOBILE = /^(?:\+33|0033|0)([67]\d{8})$/;
const INTERNATIONAL = /^(?:\+|00)([1-9]\d{7,14})$/;

/**
 * A mobile number or an e-mail address given for a reminder, as it is dialled or written.
 * `undefined` for anything else, land lines included: they hear no text message.
 */
export function readContact(text: string): { way: ReminderWay; to: string } | undefined {
  const given = text.trim().slice(0, LONGEST + 1);
  if (given.length <= LONGEST && MAIL.test(given)) return { way: 'email', to: given };
  const digits = given.replace(/[\s.\-/()]/g, '').replace(/#$/, '');
  const mobile = FRENCH_MOBILE.exec(digits)?.[1];
  if (mobile !== undefined) return { way: 'sms', to: `+33${mobile}` };
  const abroad = INTERNATIONAL.exec(digits)?.[1];
  return abroad === undefined || abroad.startsWith('33') ? undefined : { way: 'sms', to: `+${abroad}` };
}
