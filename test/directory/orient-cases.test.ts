import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createOrient } from '../../src/cli/orient.js';
import { knowledgeOf } from '../../src/directory/adviser.js';
import type { Answer } from '../../src/directory/answer.js';
import { loadDirectory } from '../../src/directory/load-directory.js';

/** Parts of texts, looked for without regard to capitals. */
const parts = z.array(z.string());
const ofMeasures = <T extends z.ZodType>(value: T) => z.record(z.string(), value).default({});

const caseSchema = z.strictObject({
  name: z.string(),
  /** Document and lines, or page, that the expectation comes from. */
  source: z.string(),
  input: z.unknown(),
  expect: z.strictObject({
    services: parts.default([]),
    notServices: parts.default([]),
    serviceNames: parts.default([]),
    contacts: parts.default([]),
    /** How many measures there are. */
    measures: z.int().optional(),
    open: parts.default([]),
    /** With a part of the reason. */
    closed: ofMeasures(z.string()),
    first: parts.default([]),
    names: ofMeasures(z.string()),
    conditions: ofMeasures(parts),
    notConditions: ofMeasures(parts),
    duration: ofMeasures(z.string()),
    effects: ofMeasures(z.tuple([z.string(), z.string()])),
    papers: ofMeasures(z.object({ administrative: parts.default([]), medical: parts.default([]) })),
    notPapers: ofMeasures(parts),
    send: ofMeasures(parts),
    notSend: ofMeasures(parts),
    deadlines: ofMeasures(z.array(z.tuple([z.iso.date(), z.enum(['open', 'closed'])]))),
    sourceOf: ofMeasures(z.string()),
    notes: parts.default([]),
    notNotes: parts.default([]),
  }),
});
type Expected = z.infer<typeof caseSchema>['expect'];

const file = process.env.ORIENT_CASES ?? new URL('orient-cases.json', import.meta.url);
const text = readFileSync(file, 'utf8').trim();
const raw: unknown = text.startsWith('[')
  ? JSON.parse(text)
  : text.split('\n').map((line) => JSON.parse(line));
const cases = z.array(caseSchema).parse(raw);

const orient = createOrient(knowledgeOf(loadDirectory()));
type Measure = Answer['measures'][number];

describe(`orient, ${cases.length} cases`, () => {
  it.each(cases)('$name ($source)', ({ name, input, expect: expected }) => {
    const answer: Answer = JSON.parse(orient(input, name).toString());
    checkServices(answer, expected);
    checkMeasures(answer, expected);
    const notes = answer.notes.join('\n');
    expect(missing(notes, expected.notes)).toEqual([]);
    expect(found(notes, expected.notNotes)).toEqual([]);
  });
});

const includes = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
const missing = (text: string, wanted: readonly string[]) => wanted.filter((part) => !includes(text, part));
const found = (text: string, unwanted: readonly string[]) => unwanted.filter((part) => includes(text, part));

function checkServices({ services, measures }: Answer, expected: Expected): void {
  const ids = services.map(({ id }) => id);
  const contacts = services.flatMap((service) => service.contacts.map(({ value }) => value));
  expect(ids).toEqual(expect.arrayContaining(expected.services));
  expect(ids.filter((id) => expected.notServices.includes(id))).toEqual([]);
  expect(contacts).toEqual(expect.arrayContaining(expected.contacts));
  expect(missing(services.map(({ name }) => name).join('\n'), expected.serviceNames)).toEqual([]);
  if (expected.measures !== undefined) expect(measures).toHaveLength(expected.measures);
}

function checkMeasures({ measures }: Answer, expected: Expected): void {
  const open = measures.filter((measure) => measure.open).map(({ id }) => id);
  expect(open).toEqual(expect.arrayContaining(expected.open));
  expect(open.filter((id) => id in expected.closed)).toEqual([]);
  if (expected.first.length > 0)
    expect(measures.slice(0, expected.first.length).map(({ id }) => id)).toEqual(expected.first);

  const look = <T>(wanted: Record<string, T>, check: (measure: Measure, value: T) => void): void => {
    for (const [id, value] of Object.entries(wanted)) {
      const measure = measures.find((one) => one.id === id);
      if (measure === undefined) throw new Error(`no measure ${id}`);
      check(measure, value);
    }
  };
  const papersOf = ({ papers }: Measure): string => [...papers.administrative, ...papers.medical].join('\n');
  const sendOf = ({ send }: Measure): string => JSON.stringify(send);
  look(expected.closed, ({ why }, part) => expect(missing(why, [part])).toEqual([]));
  look(expected.names, ({ name }, part) => expect(missing(name, [part])).toEqual([]));
  look(expected.conditions, ({ conditions }, wanted) =>
    expect(missing(conditions.join('\n'), wanted)).toEqual([]),
  );
  look(expected.notConditions, ({ conditions }, unwanted) =>
    expect(found(conditions.join('\n'), unwanted)).toEqual([]),
  );
  look(expected.duration, ({ duration }, part) => expect(missing(duration, [part])).toEqual([]));
  look(expected.effects, ({ effects }, [post, pay]) =>
    expect([...missing(effects.post, [post]), ...missing(effects.pay, [pay])]).toEqual([]),
  );
  look(expected.papers, ({ papers }, wanted) => {
    expect(missing(papers.administrative.join('\n'), wanted.administrative)).toEqual([]);
    expect(missing(papers.medical.join('\n'), wanted.medical)).toEqual([]);
  });
  look(expected.notPapers, (measure, unwanted) => expect(found(papersOf(measure), unwanted)).toEqual([]));
  look(expected.send, (measure, wanted) => expect(missing(sendOf(measure), wanted)).toEqual([]));
  look(expected.notSend, (measure, unwanted) => expect(found(sendOf(measure), unwanted)).toEqual([]));
  look(expected.deadlines, ({ deadlines }, wanted) =>
    expect(deadlines.map(({ date, status }) => [date, status])).toEqual(wanted),
  );
  look(expected.sourceOf, ({ source }, part) => expect(missing(source.document, [part])).toEqual([]));
}
