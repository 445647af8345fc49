import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { StartError } from '../kernel/errors.js';
import { type EmergencyNumbers, emergencyNumbersSchema } from './emergency-numbers.js';
import { type RuleSet, ruleSetSchema } from './measure-rules.js';
import { type Service, type ShippedService, shippedServiceSchema } from './service.js';
import { documentSchema, type Source, type SourceDocument } from './source.js';

const DATA = new URL('./data/', import.meta.url);

/** The shipped facts, before coordinators change any. */
export interface ShippedDirectory {
  documents: readonly SourceDocument[];
  services: readonly Service[];
  rules: readonly RuleSet[];
  emergencyNumbers: readonly EmergencyNumbers[];
}

/** @throws StartError that names the file, the entry and the field at fault */
export function loadDirectory(data: URL = DATA): ShippedDirectory {
  const documents = readList(new URL('documents.json', data), documentSchema);
  const services = readShippedServices(data).map((service) => ({
    ...service,
    source: resolve(documents, service),
  }));
  const rules = jsonFiles(new URL('measures/', data)).map((file) => read(file, ruleSetSchema));
  for (const { id, document } of rules) titleOf(documents, document, id);
  const emergencyNumbers = readList(new URL('emergency-numbers.json', data), emergencyNumbersSchema);
  for (const { territory, source } of emergencyNumbers) titleOf(documents, source.document, territory);
  return { documents, services, rules, emergencyNumbers };
}

/** The entries as they stand in the files, with the document and the line of each. */
export function readShippedServices(data: URL = DATA): ShippedService[] {
  const services = jsonFiles(new URL('services/', data)).flatMap((file) =>
    readList(file, shippedServiceSchema),
  );
  const ids = services.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new StartError(`Directory: the entry ${twice} stands twice; keep one.`);
  return services;
}

function resolve(documents: readonly SourceDocument[], { id, source }: ShippedService): Source {
  const { title, date } = titleOf(documents, source.document, id);
  return { document: title, date, line: source.line ?? null, quote: source.quote };
}

function titleOf(documents: readonly SourceDocument[], wanted: string, entry: string): SourceDocument {
  const document = documents.find(({ id }) => id === wanted);
  if (document === undefined)
    throw new StartError(
      `Directory: ${entry} names the document ${wanted}, which documents.json does not list.`,
    );
  return document;
}

function jsonFiles(folder: URL): URL[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => new URL(name, folder));
}

const readList = <T extends z.ZodType>(file: URL, entry: T): z.infer<T>[] => read(file, z.array(entry));

function read<T extends z.ZodType>(file: URL, schema: T): z.infer<T> {
  const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = file.pathname.split('/').at(-1);
  throw new StartError(
    `Directory: ${name}, ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}; correct the file.`,
  );
}
