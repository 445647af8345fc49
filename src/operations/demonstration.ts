import type { Accounts } from '../accounts/accounts.js';
import { codeFor, type SecondFactors } from '../accounts/second-factor.js';
import type { SecondFactorStore } from '../accounts/second-factor-store.js';
import { demonstrationDiary, fillDiary } from '../booking/demonstration-diary.js';
import { type Clock, HOUR } from '../kernel/clock.js';
import { asId, type StaffId } from '../kernel/ids.js';
import type { ResponderProfile, ResponderRole } from '../phone-line/line.js';
import type { PhoneLine } from '../phone-line/phone-line.js';
import type { Secrets } from '../privacy/secrets.js';
import type { Stores } from '../storage/stores.js';

export interface DemonstrationParts {
  clock: Clock;
  accounts: Accounts;
  secondFactors: Pick<SecondFactors, 'preset'>;
  secrets: Secrets;
  phoneLine: PhoneLine;
  stores: Stores;
}

/** Loopback only: `readConfig` refuses demonstration accounts anywhere else. */
export const DEMONSTRATION_PASSWORD = 'demonstration-2026';
/** Base32, as an authenticator takes it; the sign-in page of the demonstration shows the code it makes. */
export const DEMONSTRATION_SECRET = 'NUMEROUNIQUEDEMONSTRATION234567A';

interface Person {
  id: string;
  login: string;
  pseudonym: string;
  role: 'operator' | 'coordinator' | 'psychologist' | 'admin';
  desk?: string;
  rung?: ResponderRole;
  profile?: ResponderProfile;
}

/** Numbers of the range kept for fiction (Arcep decision 2018-0881). */
const PEOPLE: readonly Person[] = [
  {
    id: 'psy-telephone-1',
    login: 'psy1',
    pseudonym: 'Dominique',
    role: 'psychologist',
    profile: { academies: ['strasbourg'], languages: ['fr'], gender: 'man' },
    desk: '+33199000101',
    rung: 'psychologist',
  },
  {
    id: 'psy-telephone-2',
    login: 'psy2',
    pseudonym: 'Sacha',
    role: 'psychologist',
    profile: { academies: [], languages: ['fr', 'en'], gender: 'woman' },
    desk: '+33199000102',
    rung: 'psychologist',
  },
  {
    id: 'operator-1',
    login: 'camille',
    pseudonym: 'Camille',
    role: 'operator',
    desk: '+33199000201',
    rung: 'operator',
  },
  { id: 'coordinator-1', login: 'andrea', pseudonym: 'Andréa', role: 'coordinator', desk: '+33199000301' },
  { id: 'admin-1', login: 'morgan', pseudonym: 'Morgan', role: 'admin' },
];

/** The code a demonstration account may sign in with now. It knows no other secret than the one above. */
export const demonstrationCode =
  ({ clock, store }: { clock: Clock; store: SecondFactorStore }) =>
  async (staff: StaffId): Promise<string> =>
    codeFor(DEMONSTRATION_SECRET, clock.now(), (await store.get(staff))?.lastStep);

/** Whose phone rings on the demonstration's page: every number that is nobody's desk is the caller's own. */
export function demonstrationPhoneOf(number: string): 'caller' | 'psychologist' | 'operator' {
  const person = PEOPLE.find(({ desk }) => desk === number);
  if (person === undefined) return 'caller';
  return person.role === 'psychologist' ? 'psychologist' : 'operator';
}

/** Three académies, their sites and times, and people to answer. Filled once, on an empty store. */
export async function fillDemonstration(parts: DemonstrationParts): Promise<void> {
  const { accounts, stores, clock } = parts;
  if ((await accounts.list()).length > 0) return;
  const today = new Date(clock.now() + 2 * HOUR).toISOString().slice(0, 10);
  await fillDiary(stores.diary, demonstrationDiary(today));
  for (const person of PEOPLE) await addPerson(parts, person);
}

async function addPerson(
  { accounts, secondFactors, secrets, phoneLine }: DemonstrationParts,
  person: Person,
): Promise<void> {
  await accounts.add({
    id: asId<StaffId>(person.id),
    login: person.login,
    pseudonym: person.pseudonym,
    roles: [person.role],
    password: DEMONSTRATION_PASSWORD,
    ...(person.desk === undefined
      ? {}
      : { deskPhone: secrets.seal('desk-phone', person.desk, person.id), deskPhoneVerified: true }),
  });
  await secondFactors.preset(asId(person.id), DEMONSTRATION_SECRET);
  if (person.rung === undefined) return;
  await phoneLine.setAvailable(asId(person.id), person.rung, true);
  if (person.profile !== undefined) await phoneLine.setProfile(asId(person.id), person.profile);
}
