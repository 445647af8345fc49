import type { Service } from '../../directory/service.js';
import type { Word } from '../layout.js';
import { territoryName } from './territories.js';

const contactsOf = ({ contacts }: Service): string => contacts.map(({ value }) => value).join(' · ') || '—';

/** What a version says, for a comparison: the same lines as the form. */
export const serviceDescribed = (t: Word, service: Service): [label: string, value: string][] => [
  [t('staff-office.directory.field.nameFr'), service.name.fr],
  [t('staff-office.directory.field.nameEn'), service.name.en],
  [t('staff-office.directory.field.whatFr'), service.what.fr],
  [t('staff-office.directory.field.whatEn'), service.what.en],
  [t('staff-office.directory.field.audience'), service.audience],
  [t('staff-office.directory.field.kind'), t(`staff-office.kind.${service.kind}`)],
  [t('staff-office.directory.field.academy'), territoryName(t, service.academy)],
  [t('staff-office.directory.field.departments'), service.departments?.join(', ') ?? '—'],
  [t('staff-office.directory.field.needs'), service.needs.map((need) => t(`bilan.need.${need}`)).join(', ')],
  [
    t('staff-office.directory.field.corps'),
    service.corps?.map((corps) => t(`bilan.corps.${corps}`)).join(', ') ?? '—',
  ],
  [
    t('staff-office.directory.field.positions'),
    service.positions?.map((position) => t(`staff-office.position.${position}`)).join(', ') ?? '—',
  ],
  [t('staff-office.directory.contacts'), contactsOf(service)],
  [t('staff-office.directory.field.reviewBy'), service.reviewBy ?? '—'],
  [t('staff-office.directory.field.document'), service.source.document],
  [t('staff-office.directory.field.date'), service.source.date ?? '—'],
  [t('staff-office.directory.field.quote'), service.source.quote],
];
