import { describe, expect, it } from 'vitest';
import { createDirectory, type DirectoryQuery, withEdits } from '../../src/directory/directory.js';
import { isOld, isStale, reviewDate } from '../../src/directory/freshness.js';
import { loadDirectory } from '../../src/directory/load-directory.js';
import { ACADEMIES, COLLECTIVITIES } from '../../src/kernel/academies.js';
import { instant } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { NEEDS } from '../../src/kernel/needs.js';

const { services, rules } = loadDirectory();
const directory = createDirectory(services);
const ids = (query: DirectoryQuery): string[] => directory.find(query).map(({ id }) => id);

describe('the directory', () => {
  it('shows no person: neither a name nor a mail address made of one', () => {
    const people =
      /alessandri|schneider|alberti|cordonny|sellier|balandris|arnal|d['’ ]?orso|munteanu|croze|launay|fabbricelli|lazzerini|béjean/i;
    const facts = JSON.stringify([services, rules]);
    expect(people.exec(facts)).toBeNull();
    const mails = facts.match(/[\w.-]+@[\w.-]+/g) ?? [];
    expect(mails.filter((mail) => /^[a-z]+\.[a-z]+@/.test(mail) && !/^(ce|mission)\./.test(mail))).toEqual(
      [],
    );
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

  it('keeps services of one corps for it, and offers them to those who did not say', () => {
    const need = 'conflit_management';
    const academy = 'nancy-metz';
    expect(ids({ academy, need, corps: 'direction' })).toContain('nancy-metz-cellule-cadres');
    expect(ids({ academy, need, corps: 'second_degre' })).not.toContain('nancy-metz-cellule-cadres');
    expect(ids({ academy, need })).toContain('nancy-metz-cellule-cadres');
  });

  it('keeps the rehabilitation centres, in the twelve académies, from retired staff', () => {
    const centres = services.filter(({ kind }) => kind === 'centre-readaptation');
    expect(new Set(centres.map(({ academy }) => academy)).size).toBe(12);
    expect(ids({ academy: 'toulouse', need: 'sante_poste', position: 'clm' })).toContain(
      'toulouse-readaptation',
    );
    expect(ids({ academy: 'toulouse', need: 'sante_poste', position: 'retraite' })).not.toContain(
      'toulouse-readaptation',
    );
  });

  it('answers every need in all 30 académies and the four collectivities', () => {
    const places = [
      ...ACADEMIES.map(({ slug }) => ({ academy: slug })),
      ...ACADEMIES.flatMap(({ departments }) => departments.map(({ code }) => ({ department: code }))),
      ...COLLECTIVITIES.map(({ code }) => ({ department: code })),
      {},
    ];
    expect(ACADEMIES).toHaveLength(30);
    expect(COLLECTIVITIES.map(({ code }) => code)).toEqual(['975', '986', '987', '988']);
    const without = places.flatMap((place) =>
      NEEDS.filter((need) => ids({ ...place, need }).length === 0).map((need) => ({ ...place, need })),
    );
    expect(without).toEqual([]);
  });

  it('gives the emergency and listening numbers of the safety protocol', () => {
    const numbers = services
      .filter(({ kind }) => kind === 'numero-national')
      .flatMap(({ contacts }) => contacts.filter(({ kind }) => kind === 'phone').map(({ value }) => value));
    expect(numbers.sort()).toEqual(
      ['112', '114', '116 006', '119', '15', '17', '18', '3018', '3114', '3919', '3928'].sort(),
    );
  });

  it('calls stale what is undated or older than two years, to the day', () => {
    const [service] = services.filter(({ source }) => source.date === '2024-11-04');
    if (service === undefined) throw new Error('no such entry');
    expect(isStale(service, '2026-11-04')).toBe(false);
    expect(isStale(service, '2026-11-05')).toBe(true);
    const undated = directory.byId(asId('strasbourg-pae'));
    if (undated === undefined) throw new Error('no such entry');
    expect(isStale(undated, '2020-01-01')).toBe(true);
    expect([isOld('2022-06', '2024-06-01'), isOld('2022-06', '2024-05-31')]).toEqual([true, false]);
  });

  it('lets a coordinator’s review date, and the national numbering plan, outlive the document', () => {
    const pae = directory.byId(asId('strasbourg-pae'));
    const suicideLine = directory.byId(asId('national-3114'));
    if (pae === undefined || suicideLine === undefined) throw new Error('no such entry');
    const reviewed = { ...pae, reviewBy: '2027-09-01' };
    expect(reviewDate(pae)).toBeNull();
    expect([isStale(reviewed, '2027-09-01'), isStale(reviewed, '2027-09-02')]).toEqual([false, true]);
    expect(isStale(suicideLine, '2040-01-01')).toBe(false);
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
