import { describe, expect, it } from 'vitest';
import { faultsIn, serviceOf, serviceValues } from '../../src/console/office/directory-form.js';
import { hoursValues, readHours, readRanges } from '../../src/console/office/hours-form.js';
import { loadDirectory } from '../../src/directory/load-directory.js';
import { serviceSchema } from '../../src/directory/service.js';
import { loadOpeningHours } from '../../src/opening-hours/load-hours.js';

describe('hours as people write them', () => {
  it.each([
    ['9h-12h30, 14h-18h', ['09:00-12:30', '14:00-18:00']],
    ['9h00 à 12h et 13:30 – 17:00', ['09:00-12:00', '13:30-17:00']],
    ['22h-6h;', ['22:00-06:00']],
    ['  ', []],
  ])('are read: %s', (text, ranges) => {
    expect(readRanges(text)).toEqual(ranges);
  });

  it('that cannot be read are a fault of that day, unless the week does not count', () => {
    const [hours] = loadOpeningHours();
    if (hours === undefined) throw new Error('no hours');
    const values = { ...hoursValues(hours), friday: 'le matin' };
    expect(readHours({ ...values, mode: 'week' }, hours, [])).toEqual({ kind: 'faults', fields: ['friday'] });
    expect(readHours({ ...values, mode: 'always' }, hours, [])).toMatchObject({ kind: 'read' });
  });

  it('come back from the form as they went in', () => {
    for (const hours of loadOpeningHours())
      expect(readHours(hoursValues(hours), hours, hours.exceptions)).toEqual({ kind: 'read', hours });
  });
});

describe('an entry of the directory', () => {
  it('comes back from the form as it went in, but for the order of its needs and contacts', () => {
    for (const service of loadDirectory().services) {
      const values = serviceValues(service);
      const back = serviceSchema.parse(serviceOf(service.id, values));
      const sorted = <T>(list: readonly T[]) => [...list].map((one) => JSON.stringify(one)).sort();
      expect(sorted(back.contacts)).toEqual(sorted(service.contacts));
      expect({ ...back, contacts: [] }).toEqual({ ...service, contacts: [] });
    }
  });

  it('names the fields of the form that will not do', () => {
    const [service] = loadDirectory().services;
    if (service === undefined) throw new Error('no entry');
    const values = { ...serviceValues(service), nameFr: '', email: 'nobody', date: 'hier', needs: '' };
    expect(faultsIn(serviceOf(service.id, values), values).sort()).toEqual([
      'date',
      'email',
      'nameFr',
      'needs',
    ]);
  });
});
