import type { Orientation } from './advise.js';
import type { AdvisedMeasure } from './advise-measures.js';
import type { Contact, Service } from './service.js';
import type { SourceDocument } from './source.js';

interface AnswerSource {
  document: string;
  /** ISO date, month or year of the document; `null` when it has none. */
  date: string | null;
}

/** An answer as other systems read it (interfaces.md, `orient`). */
export interface Answer {
  id?: string | number;
  services: { id: string; name: string; why: string; contacts: readonly Contact[]; source: AnswerSource }[];
  measures: (Omit<AdvisedMeasure, 'document'> & { source: AnswerSource })[];
  notes: readonly string[];
}

/**
 * Writes answers as JSON of the shape of `Answer`, in UTF-8, each with a line end.
 * @param id of the question, given back with its answer
 */
export type WriteAnswer = (orientation: Orientation, id?: string | number) => Buffer;

/** Notes kept in their JSON form: they are made of the documents, a few hundred. */
const KEPT_NOTES = 5_000;

/**
 * An answer is some 25,000 bytes, nearly all of them the same parts again; encoding each part once is what keeps
 * the rate asked for (`npm run bench:orient`).
 */
export function createAnswerWriter(documents: readonly SourceDocument[]): WriteAnswer {
  const parts = new WeakMap<object, Buffer>();
  const notes = new Map<string, Buffer>();
  const sources = new Map(documents.map((document) => [document.id, sourceOf(document)]));

  const encoded = <T extends object>(part: T, shape: (part: T) => object): Buffer => {
    const known = parts.get(part) ?? json(shape(part));
    parts.set(part, known);
    return known;
  };
  const note = (text: string): Buffer => {
    const known = notes.get(text) ?? json(text);
    if (notes.size < KEPT_NOTES) notes.set(text, known);
    return known;
  };
  const measureAnswer = ({ document, ...measure }: AdvisedMeasure): Answer['measures'][number] => ({
    ...measure,
    source: sources.get(document) ?? { document, date: null },
  });

  return (orientation, id) => {
    const pieces: Buffer[] = [
      id === undefined ? OPEN : Buffer.from(`{"id":${JSON.stringify(id)},`),
      SERVICES,
    ];
    appendList(pieces, orientation.services, ({ service }) => encoded(service, serviceAnswer));
    pieces.push(MEASURES);
    appendList(pieces, orientation.measures, (measure) => encoded(measure, measureAnswer));
    pieces.push(NOTES);
    appendList(pieces, orientation.notes, note);
    pieces.push(CLOSE);
    return Buffer.concat(pieces);
  };
}

const OPEN = Buffer.from('{');
const SERVICES = Buffer.from('"services":[');
const MEASURES = Buffer.from('],"measures":[');
const NOTES = Buffer.from('],"notes":[');
const CLOSE = Buffer.from(']}\n');
const COMMA = Buffer.from(',');

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

function appendList<T>(pieces: Buffer[], values: readonly T[], write: (value: T) => Buffer): void {
  for (const [index, value] of values.entries()) {
    if (index > 0) pieces.push(COMMA);
    pieces.push(write(value));
  }
}

const sourceOf = ({ title, date }: SourceDocument): AnswerSource => ({ document: title, date });

const serviceAnswer = ({ id, name, what, contacts, source }: Service): Answer['services'][number] => ({
  id,
  name: name.fr,
  why: what.fr,
  contacts,
  source: { document: source.document, date: source.date },
});
