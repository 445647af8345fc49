import { describe, expect, it } from 'vitest';
import { loadDirectory, readShippedServices } from '../../src/directory/load-directory.js';
import type { RequestFile, RuleSet } from '../../src/directory/measure-rules.js';
import type { ShippedService } from '../../src/directory/service.js';
import { bare, linesOf, sourceText, standsAt } from './source-texts.js';

const { documents, rules } = loadDirectory();
const services = readShippedServices();
/** Said in document 002, and the national answer everywhere. */
const MGEN = new Set(['3676', 'www.mgen.fr']);
const PUBLIC_PHONE = /^(?:\d{2,4}|116 \d{3})$/;

describe('the sources of the directory', () => {
  it('has an entry for every source, and an address for every one that is not among the five documents', () => {
    const used = new Set([
      ...services.map(({ source }) => source.document),
      ...rules.map((set) => set.document),
    ]);
    const known = new Map(documents.map((document) => [document.id, document]));
    const without = [...used].filter(
      (id) => sourceText(id) === undefined && known.get(id)?.url === undefined,
    );
    expect(without).toEqual([]);
  });

  it('has no entry without the words, and the line of the document, that it rests on', () => {
    const untraced = services.filter(({ source }) => {
      const text = sourceText(source.document);
      return text !== undefined && !(source.line !== undefined && standsAt(text, source.line, source.quote));
    });
    expect(untraced.map(({ id }) => id)).toEqual([]);
  });

  it('takes each phone, mail, address and page from the document it names', () => {
    const invented = services.flatMap((service) =>
      service.contacts
        .filter((contact) => !isTraced(service, contact))
        .map(({ value }) => `${service.id}: ${value}`),
    );
    expect(invented).toEqual([]);
  });
});

function isTraced({ kind, source }: ShippedService, contact: { kind: string; value: string }): boolean {
  if (MGEN.has(contact.value)) return true;
  const text = sourceText(source.document);
  if (text === undefined)
    return kind === 'numero-national' && (contact.kind !== 'phone' || PUBLIC_PHONE.test(contact.value));
  return contact.value.split(', ').every((part) => bare(text).includes(bare(part)));
}

describe.each(rules.filter(({ appliesTo }) => appliesTo !== undefined))(
  'the measures of $id',
  (set: RuleSet) => {
    const text = sourceText(set.document) ?? '';
    const facts = factsOf(set);

    it('quote the document for each measure', () => {
      const untraced = set.measures.filter(({ source }) => !standsAt(text, source.line ?? 0, source.quote));
      expect(untraced.map(({ id }) => id)).toEqual([]);
    });

    it('name for each fact a line that speaks of it', () => {
      const astray = facts.filter((fact) => !speaksOf(text, fact));
      expect(astray).toEqual([]);
    });

    it('say no phone, mail, date or figure that the document does not', () => {
      const said = facts.flatMap(({ words }) => words.match(/[\w.-]+@[\w.-]+|\d+(?: \d{2})*/g) ?? []);
      expect(said.filter((figure) => !bare(text).includes(bare(figure)))).toEqual([]);
    });

    it('hold every deadline of the document', () => {
      const dates = [
        ...new Set(Object.values(set.files).flatMap(({ deadlines }) => deadlines.map(({ date }) => date))),
      ];
      expect(dates.sort()).toEqual(set.document === '003' ? ['2024-12-13'] : ['2022-12-16', '2023-01-27']);
    });
  },
);

interface PlacedWords {
  words: string;
  line: number;
}

function factsOf(set: RuleSet): PlacedWords[] {
  const facts = [
    ...set.notes,
    ...set.measures.flatMap(({ conditions, notes }) => [...conditions, ...notes]),
    ...Object.values(set.files).flatMap(filedFacts),
  ];
  const closed = [...set.requires, ...set.measures.flatMap(({ access }) => access.flat())].map(
    ({ closed: words, line }) => ({ words, line: line ?? 0 }),
  );
  return [...facts.map(({ text, line }) => ({ words: text, line: line ?? 0 })), ...closed];
}

const filedFacts = ({ administrative, medical, send }: RequestFile) => [
  ...administrative,
  ...medical,
  ...send.map(({ what, to, how, line }) => ({ text: `${what} ${to} ${how}`, line })),
];

const PARAGRAPH = 9;
const STEM = 4;

/** Two long words of the fact, by their beginnings, stand within the lines around. */
function speaksOf(text: string, { words, line }: PlacedWords): boolean {
  const around = bare(
    linesOf(text)
      .slice(Math.max(0, line - 4), line + PARAGRAPH)
      .join(' '),
  );
  const stems = (words.match(/\p{L}{4,}/gu) ?? []).map((word) => bare(word).slice(0, STEM));
  return line > 0 && stems.filter((stem) => around.includes(stem)).length >= Math.min(2, stems.length);
}
