import { describe, expect, it } from 'vitest';
import { advise, isStale } from '../../src/directory/advise.js';
import { createDirectory, withEdits } from '../../src/directory/directory.js';
import { loadServices } from '../../src/directory/load-directory.js';
import { instant } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import type { Need } from '../../src/kernel/needs.js';

const services = loadServices();
const directory = createDirectory(services);
const ids = (query: { academy?: string; department?: string; need: Need }): string[] =>
  directory.find(query).map(({ id }) => id);

describe('the directory', () => {
  it('shows no person: neither a name nor a mail address made of one', () => {
    const people =
      /alessandri|schneider|alberti|cordonny|sellier|balandris|arnal|d'orso|munteanu|croze|launay|fabbricelli|lazzerini|béjean/i;
    const named = services.filter((service) => people.test(JSON.stringify({ ...service, source: '' })));
    const mails = services.flatMap(({ contacts }) => contacts.filter(({ kind }) => kind === 'email'));
    expect(named).toEqual([]);
    expect(
      mails.filter(({ value }) => /^[a-z]+\.[a-z]+@/.test(value) && !/^(ce|mission)\./.test(value)),
    ).toEqual([]);
  });

  it('takes each telephone and mail from the words it quotes', () => {
    const flat = (text: string): string => text.replace(/[\s.]/g, '').toLowerCase();
    const invented = services
      .filter(({ academy }) => academy !== 'national')
      .flatMap(({ id, contacts, source }) =>
        contacts
          .filter(({ kind }) => kind === 'phone' || kind === 'email')
          .filter(({ value }) => value !== '3676' && !flat(source.quote).includes(flat(value)))
          .filter(({ value }) => !/^reseaupas6[78]@mgen\.fr$/.test(value))
          .map(({ value }) => `${id}: ${value}`),
      );
    expect(invented).toEqual([]);
  });

  it.each([
    ['strasbourg', 'violence_discrimination', 'strasbourg-pae'],
    ['strasbourg', 'social_financier', 'strasbourg-service-social'],
    ['nancy-metz', 'conflit_management', 'nancy-metz-cellule-rps'],
    ['nancy-metz', 'carriere_mobilite', 'nancy-metz-crhp'],
    ['aix-marseille', 'sante_poste', 'aix-marseille-crhp'],
  ] as const)('answers %s first for %s with its own service', (academy, need, first) => {
    expect(ids({ academy, need })[0]).toBe(first);
  });

  it('keeps a department’s service for that department', () => {
    expect(ids({ department: '67', need: 'conflit_management' })).toContain('strasbourg-mgen-67');
    expect(ids({ department: '67', need: 'conflit_management' })).not.toContain('strasbourg-mgen-68');
    expect(ids({ academy: 'strasbourg', need: 'conflit_management' })).toContain('strasbourg-mgen-68');
  });

  it('answers everybody, also where nothing is known', () => {
    for (const need of ['social_financier', 'carriere_mobilite', 'sante_poste'] as const)
      expect(ids({ academy: 'la-reunion', need })).toContain('national-mgen');
    expect(ids({ need: 'ecoute_psy' })).toContain('national-mgen');
  });

  it('calls stale what is undated or older than two years, to the day', () => {
    const [service] = services.filter(({ source }) => source.date === '2024-11-04');
    if (service === undefined) throw new Error('no such entry');
    expect(isStale(service, '2026-11-04')).toBe(false);
    expect(isStale(service, '2026-11-05')).toBe(true);
    const undated = advise(directory, { academy: 'strasbourg', need: 'social_financier' }, '2026-01-01');
    expect(undated[0]?.stale).toBe(true);
  });

  it('lets coordinators change, withdraw and add entries', () => {
    const [first] = services;
    if (first === undefined) throw new Error('no entry');
    const edit = { version: 1, editedAt: instant(1), editedBy: asId<never>('x') };
    const renamed = { ...first, name: { fr: 'Autre', en: 'Other' } };
    expect(withEdits(services, [{ ...edit, serviceId: first.id, service: renamed }])[0]?.name.fr).toBe(
      'Autre',
    );
    expect(withEdits(services, [{ ...edit, serviceId: first.id, service: null }])).toHaveLength(
      services.length - 1,
    );
    const added = { ...first, id: asId<never>('new') };
    expect(withEdits(services, [{ ...edit, serviceId: added.id, service: added }])).toHaveLength(
      services.length + 1,
    );
  });
});
