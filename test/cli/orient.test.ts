import { describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run-command.js';
import { recordedIo } from '../support/command-io.js';

async function orient(stdin: string) {
  const io = recordedIo({}, stdin);
  const code = await runCommand(['orient'], io);
  return { code, printed: io.printed, failed: io.failed };
}

const QUESTION = {
  id: 'a',
  need: 'sante_poste',
  academy: 'aix-marseille',
  corps: 'second_degre',
  date: '2024-11-20',
};

describe('orient', () => {
  it('answers JSON Lines line by line, with the id of each', async () => {
    const lines = [QUESTION, { id: 2, need: 'social_financier' }, { need: 'crise' }];
    const { code, printed } = await orient(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n\n`);
    const answers = printed.map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(answers.map(({ id }) => id)).toEqual(['a', 2, undefined]);
    expect(answers.map(({ measures }) => measures.length)).toEqual([9, 0, 0]);
  });

  it.each([
    ['one object on several lines', JSON.stringify(QUESTION, null, 2), 'a'],
    ['one object on one line', JSON.stringify(QUESTION), 'a'],
  ])('answers %s with one object', async (_name, stdin, id) => {
    const { code, printed } = await orient(stdin);
    expect([code, printed.length]).toEqual([0, 1]);
    expect(JSON.parse(printed[0] ?? '').id).toBe(id);
  });

  it.each([0, 2])('answers a list with a list of as many (indented by %d)', async (indent) => {
    const { code, printed } = await orient(
      JSON.stringify([QUESTION, { ...QUESTION, id: 'b' }], null, indent),
    );
    expect([code, printed.length]).toEqual([0, 1]);
    expect(JSON.parse(printed[0] ?? '').map(({ id }: { id: string }) => id)).toEqual(['a', 'b']);
  });

  it('has the shape that others rely on', async () => {
    const { printed } = await orient(JSON.stringify({ ...QUESTION, rqth: true, status: 'titulaire' }));
    const { services, measures, notes, ...rest } = JSON.parse(printed[0] ?? '');
    expect(rest).toEqual({ id: 'a' });
    for (const service of services) {
      expect(Object.keys(service)).toEqual(['id', 'name', 'why', 'contacts', 'source']);
      expect(Object.keys(service.source)).toEqual(['document', 'date']);
    }
    for (const measure of measures) {
      expect(Object.keys(measure)).toEqual([
        'id',
        'name',
        'open',
        'why',
        'conditions',
        'duration',
        'effects',
        'papers',
        'send',
        'deadlines',
        'source',
      ]);
      expect(Object.keys(measure.effects)).toEqual(['post', 'pay']);
      expect(Object.keys(measure.papers)).toEqual(['administrative', 'medical']);
      for (const one of measure.send) expect(Object.keys(one)).toEqual(['what', 'to', 'how']);
      for (const one of measure.deadlines) expect(Object.keys(one)).toEqual(['what', 'date', 'status']);
    }
    expect(notes.every((note: unknown) => typeof note === 'string')).toBe(true);
  });

  it('takes null for not known', async () => {
    expect((await orient(JSON.stringify({ ...QUESTION, status: null, wishes: null }))).code).toBe(0);
  });

  it.each([
    [{ academy: 'lille' }, 'Line 1: need is missing; allowed: ecoute_psy, crise,'],
    [{ need: 'argent' }, 'Line 1: need cannot be "argent"; allowed: ecoute_psy, crise,'],
    [{ need: 'crise', corp: 'x' }, 'Line 1: unknown field "corp"; the fields are id, need, academy,'],
    [{ need: 'crise', academy: 'alsace' }, 'academy cannot be "alsace"; allowed: aix-marseille, amiens,'],
    [{ need: 'crise', department: '99' }, 'department cannot be "99"; allowed: 04, 05, 13, 84,'],
    [
      { need: 'crise', status: 'prof' },
      'status cannot be "prof"; allowed: titulaire, stagiaire, contractuel.',
    ],
    [{ need: 'crise', rqth: 'oui' }, 'rqth cannot be "oui"; allowed: true, false.'],
    [{ need: 'crise', pacdYears: 1.5 }, 'pacdYears cannot be 1.5; allowed: a whole number from 0 to 50.'],
    [{ need: 'crise', paldEnds: '31/08/2025' }, 'paldEnds cannot be "31/08/2025"; allowed: an ISO date'],
    [{ need: 'crise', date: '2026-02-30' }, 'date cannot be "2026-02-30"; allowed: an ISO date'],
    [
      { need: 'crise', wishes: ['pacd', 'repos'] },
      'wishes cannot be "repos"; allowed: a list of pacd, pald,',
    ],
    [
      { need: 'crise', academy: 'strasbourg', department: '84' },
      'department cannot be "84" in strasbourg; allowed: 67, 68.',
    ],
    ['crise', 'Line 1: a question is an object'],
  ])('refuses %j with the field, the value and what is allowed', async (question, said) => {
    const { code, printed, failed } = await orient(JSON.stringify(question));
    expect([code, printed]).toEqual([2, []]);
    expect(failed.join('\n')).toContain(said);
  });

  it('refuses what is not JSON, and says where', async () => {
    expect(await orient('{"need":"crise"}\n{"need":')).toMatchObject({
      code: 2,
      failed: [expect.stringContaining('Line 2')],
    });
    expect((await orient('bonjour')).code).toBe(2);
    expect((await orient('[{"need":')).code).toBe(2);
    const second = await orient(JSON.stringify([{ need: 'crise' }, { need: 'x' }]));
    expect(second.failed.join()).toContain('Question 2: need cannot be "x"');
    expect(await runCommand(['orient', '--fast'], recordedIo())).toBe(2);
  });

  it('answers nothing to nothing', async () => {
    expect(await orient('')).toEqual({ code: 0, printed: [], failed: [] });
  });
});
