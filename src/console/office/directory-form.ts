import { type Contact, type Service, serviceSchema } from '../../directory/service.js';

type Values = Readonly<Record<string, string>>;

/** Ways to reach a service, each in a field of its own with one way a line. */
export const CONTACT_KINDS = ['phone', 'email', 'url', 'address', 'hours'] as const;

export const EMPTY_SERVICE: Values = { academy: 'national', needs: '', kind: 'pae' };

export function serviceValues(service: Service): Record<string, string> {
  const { name, what, source, contacts } = service;
  const ways = CONTACT_KINDS.map((kind) => [
    kind,
    contacts.flatMap((contact) => (contact.kind === kind ? [contact.value] : [])).join('\n'),
  ]);
  return {
    ...{ kind: service.kind, academy: service.academy, audience: service.audience },
    ...{ nameFr: name.fr, nameEn: name.en, whatFr: what.fr, whatEn: what.en },
    departments: (service.departments ?? []).join(', '),
    needs: service.needs.join(','),
    corps: (service.corps ?? []).join(','),
    positions: (service.positions ?? []).join(','),
    permanent: service.permanent ? 'yes' : '',
    reviewBy: service.reviewBy ?? '',
    document: source.document,
    date: source.date ?? '',
    line: source.line === null ? '' : String(source.line),
    quote: source.quote,
    ...Object.fromEntries(ways),
  };
}

const list = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
const lines = (text: string | undefined): string[] =>
  (text ?? '')
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** What the form says, to be checked by the editor. */
export function serviceOf(id: string, values: Values): unknown {
  const { kind, academy, audience, nameFr, nameEn, whatFr, whatEn, document, quote } = values;
  const given = (name: string): Record<string, unknown> => {
    const said = list(values[name]);
    return said.length === 0
      ? {}
      : { [name]: name === 'departments' ? said.map((one) => one.toUpperCase()) : said };
  };
  return {
    ...{ id, kind, academy, audience },
    ...{ name: { fr: nameFr, en: nameEn }, what: { fr: whatFr, en: whatEn } },
    ...{ needs: list(values.needs), ...given('departments'), ...given('corps'), ...given('positions') },
    contacts: contactsOf(values),
    ...(values.permanent === 'yes' ? { permanent: true } : {}),
    ...(values.reviewBy ? { reviewBy: values.reviewBy } : {}),
    source: {
      ...{ document, quote },
      date: values.date || null,
      line: values.line ? Number(values.line) : null,
    },
  };
}

const contactsOf = (values: Values): { kind: Contact['kind']; value: string }[] =>
  CONTACT_KINDS.flatMap((kind) => lines(values[kind]).map((value) => ({ kind, value })));

const FIELDS: Readonly<Record<string, string>> = {
  'name.fr': 'nameFr',
  'name.en': 'nameEn',
  'what.fr': 'whatFr',
  'what.en': 'whatEn',
  'source.document': 'document',
  'source.date': 'date',
  'source.line': 'line',
  'source.quote': 'quote',
};

/** The fields of the form that will not do. */
export function faultsIn(wanted: unknown, values: Values): string[] {
  const contacts = contactsOf(values);
  const issues = serviceSchema.safeParse(wanted).error?.issues ?? [];
  const fields = issues.map(({ path }) => {
    const [first = '', second = ''] = path.map(String);
    if (first === 'contacts') return contacts[Number(second)]?.kind ?? 'phone';
    return FIELDS[`${first}.${second}`] ?? first;
  });
  return [...new Set(fields)];
}
