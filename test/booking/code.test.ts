import { describe, expect, it } from 'vitest';
import { createCodeHasher, dammDigit, formatCode, newCode, parseCode } from '../../src/booking/code.js';
import { seededRandom } from '../support/seeded-random.js';

const codes = (count: number): string[] => {
  const random = seededRandom('codes');
  return Array.from({ length: count }, () => newCode(random));
};
/** Eight digits with their check digit. */
const code = (digits: string): string => digits + dammDigit(digits);
const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const NAMES = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'];
const said = (digits: string): string => [...digits].map((digit) => NAMES[Number(digit)]).join(' ');

describe('the check digit', () => {
  it('is the published one for 572', () => {
    expect(dammDigit('572')).toBe('4');
    expect(dammDigit('5724')).toBe('0');
  });

  it('shows every single wrong digit', () => {
    const missed = codes(100).flatMap((valid) =>
      [...valid].flatMap((right, index) =>
        DIGITS.filter((digit) => digit !== right)
          .map((wrong) => valid.slice(0, index) + wrong + valid.slice(index + 1))
          .filter((changed) => parseCode(changed) !== undefined),
      ),
    );
    expect(missed).toEqual([]);
  });

  it('shows every swap of two neighbours', () => {
    const pairs = DIGITS.flatMap((a) => DIGITS.filter((b) => b !== a).map((b) => a + b));
    const missed = pairs.flatMap((pair) =>
      Array.from({ length: 7 }, (_, index) => index)
        .map((index) => ({
          index,
          valid: code('13579024'.slice(0, index) + pair + '86420135'.slice(0, 6 - index)),
        }))
        .map(
          ({ index, valid }) => valid.slice(0, index) + [...pair].reverse().join('') + valid.slice(index + 2),
        )
        .filter((swapped) => parseCode(swapped) !== undefined),
    );
    expect(missed).toEqual([]);
  });

  it('shows a swap of the last digit with the check digit', () => {
    const missed = codes(200)
      .filter((valid) => valid[7] !== valid[8])
      .filter((valid) => parseCode(valid.slice(0, 7) + valid[8] + valid[7]) !== undefined);
    expect(missed).toEqual([]);
  });
});

describe('a new code', () => {
  it('has nine digits that parse back, spread over all first digits', () => {
    const drawn = codes(500);
    expect(drawn.filter((text) => !/^\d{9}$/.test(text) || parseCode(text) !== text)).toEqual([]);
    expect(new Set(drawn.map((text) => text[0])).size).toBe(10);
    expect(new Set(drawn).size).toBe(500);
  });

  it('is shown in groups of three', () => {
    const [drawn = ''] = codes(1);
    const parsed = parseCode(drawn);
    expect(parsed && formatCode(parsed)).toBe(`${drawn.slice(0, 3)} ${drawn.slice(3, 6)} ${drawn.slice(6)}`);
  });
});

describe('reading a code', () => {
  const twelve = code('12345678');
  const plain = twelve.slice(0, 8);
  const check = twelve.slice(8);

  it.each([
    ['spaces', `123 456 78${check}`],
    ['dots', `123.456.78${check}`],
    ['hyphens and a key', `123-456-78${check}#`],
    ['single digits', `1 2 3 4 5 6 7 8 ${check}`],
    ['a sentence', `Mon code, c'est le 123 456 78${check}, merci.`],
    ['full-width figures', `１２３４５６７８${check}`],
    ['French digits', said(twelve)],
    ['capitals and commas', said(twelve).toUpperCase().replaceAll(' ', ', ')],
    ['pairs', `douze, trente-quatre, cinquante-six, soixante-dix-huit, ${NAMES[Number(check)]}`],
    ['hundreds', `cent vingt-trois, quatre cent cinquante-six, 78${check}`],
    ['figures and words', `douze 34 cinq six 78 ${NAMES[Number(check)]}`],
    ['English digits', `one two three four five six seven eight ${check}`],
  ])('takes %s', (_, text) => {
    expect(parseCode(text)).toBe(plain + check);
  });

  it.each(['00710191', '80219177', '99010600', '04208081', '20202171'])(
    'takes every way French says the pairs of %s',
    (digits) => {
      const pairs: Readonly<Record<string, string>> = {
        '00': 'zéro zéro',
        '01': 'zéro un',
        '04': 'zéro quatre',
        '06': 'zéro six',
        '08': 'zéro huit',
        '10': 'dix',
        '19': 'dix-neuf',
        '20': 'vingt',
        '21': 'vingt et un',
        '71': 'soixante et onze',
        '77': 'soixante-dix-sept',
        '80': 'quatre-vingts',
        '81': 'quatre-vingt-un',
        '91': 'quatre-vingt-onze',
        '99': 'quatre-vingt-dix-neuf',
      };
      const full = code(digits);
      const spoken = [0, 2, 4, 6].map((start) => {
        const pair = digits.slice(start, start + 2);
        return pairs[pair] ?? said(pair);
      });
      expect(parseCode([...spoken, said(full.slice(8))].join(' '))).toBe(full);
    },
  );

  it('reads "quarante deux" as 40 then 2 when only that gives a code', () => {
    const full = code('40212345');
    expect(parseCode(`quarante deux 12345${full.slice(8)}`)).toBe(full);
  });

  it.each([
    ['nothing', ''],
    ['words', 'je ne sais pas'],
    ['eight digits', '12345678'],
    ['ten digits', `1${twelve}`],
    ['a wrong check digit', plain + ((Number(check) + 1) % 10)],
    ['a long text', `${twelve}${' '.repeat(200)}`],
    ['a flood of digits', '1'.repeat(10_000)],
    ['a flood of words', 'quatre vingt dix neuf '.repeat(9)],
  ])('finds none in %s', (_, text) => {
    expect(parseCode(text)).toBeUndefined();
  });
});

describe('the hash of a code', () => {
  const [first, second] = codes(2).map((text) => parseCode(text));

  it('depends on the key and on the code, and shows neither', () => {
    if (first === undefined || second === undefined) throw new Error('codes expected');
    const hash = createCodeHasher(Buffer.alloc(32, 1));
    expect(hash(first)).toMatch(/^[0-9a-f]{64}$/);
    expect(hash(first)).toBe(createCodeHasher(Buffer.alloc(32, 1))(first));
    expect(hash(first)).not.toBe(hash(second));
    expect(hash(first)).not.toBe(createCodeHasher(Buffer.alloc(32, 2))(first));
  });

  it('needs a key of sixteen bytes at least', () => {
    expect(() => createCodeHasher(Buffer.alloc(15))).toThrow(/CODE_KEY/);
    expect(() => createCodeHasher(Buffer.alloc(16))).not.toThrow();
  });
});
