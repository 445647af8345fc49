import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { directoryHealth, directoryPage } from '../../src/directory/directory-table.js';
import { loadDirectory } from '../../src/directory/load-directory.js';

const { services } = loadDirectory();

describe('the page of the directory', () => {
  it('is up to date: npm run docs:directory', () => {
    expect(readFileSync('docs/directory.md', 'utf8').trim()).toBe(directoryPage(services).trim());
  });

  it('has a line for each of the 30 académies', () => {
    const lines = directoryPage(services).split('\n');
    expect(lines).toContainEqual(expect.stringMatching(/^\| Strasbourg \| ● \|/));
    expect(lines).toContainEqual(expect.stringMatching(/^\| Mayotte \| {2}\|/));
  });

  it('tells what each académie misses', () => {
    const { missing: all } = directoryHealth(services, '2026-03-02');
    const missing = new Map(all.map(({ academy, kinds }) => [academy, kinds]));
    expect(missing.get('strasbourg')).toEqual([
      'cellule-rps',
      'cellule-cadres',
      'crhp',
      'cmc',
      'correspondant-handicap',
      'centre-readaptation',
      'ems',
    ]);
    expect(missing.get('toulouse')).not.toContain('centre-readaptation');
    expect(missing.size).toBe(30);
  });

  it('tells which entries are to be checked', () => {
    const stale = (today: string) => directoryHealth(services, today).stale.map(({ id }) => id);
    expect(stale('2024-01-01')).toContain('strasbourg-pae');
    expect(stale('2026-11-04')).not.toContain('aix-marseille-crhp');
    expect(stale('2026-11-05')).toContain('aix-marseille-crhp');
    expect(stale('2040-01-01')).not.toContain('national-3114');
  });
});
