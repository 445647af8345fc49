import { type Connection, type Model, Schema, type SchemaDefinition } from 'mongoose';

/** Nested values keep the shape the domain gave them. */
export const any = Schema.Types.Mixed;

export interface Indexes {
  unique?: readonly string[];
  /** Each a list of fields, ascending. */
  plain?: readonly (readonly string[])[];
}

/** A collection whose documents have just these fields; its indexes are made when the store opens. */
export function collection<Document extends object>(
  connection: Connection,
  name: string,
  shape: { fields: SchemaDefinition; indexes?: Indexes },
): Model<Document> {
  const schema = new Schema(shape.fields, {
    collection: name,
    versionKey: false,
    minimize: false,
    strict: 'throw',
    autoIndex: false,
    autoCreate: false,
    id: false,
  });
  for (const field of shape.indexes?.unique ?? []) schema.index({ [field]: 1 }, { unique: true });
  for (const fields of shape.indexes?.plain ?? [])
    schema.index(Object.fromEntries(fields.map((field) => [field, 1 as const])));
  return connection.model(name, schema) as unknown as Model<Document>;
}

const DUPLICATE_KEY = 11_000;

export const isDuplicate = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === DUPLICATE_KEY;

/**
 * An upsert. Two of a document that is not there yet may both try to insert it: the loser writes again, on what is
 * then there (MongoDB manual, `updateOne`, "Upsert with Duplicate Values").
 */
export async function upserted<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return write();
  }
}

/** A document of the domain, kept under its id. */
export type Stored<T> = T & { _id: string };

/** What the store added is not for the domain. */
export function plain<T extends object>(stored: Stored<T>): T {
  const { _id, ...value } = stored;
  return value as unknown as T;
}

/** Writes the next version of a record, unless another one was written since it was read. */
export async function saveNext<T extends { version: number }>(
  model: Model<Stored<T>>,
  id: string,
  value: T,
): Promise<'saved' | 'conflict'> {
  const document = { ...value, _id: id } as Stored<T>;
  if (value.version === 1) return insert(model, document);
  const filter = { _id: id, version: value.version - 1 } as object;
  const { matchedCount } = await model.replaceOne(filter, document);
  return matchedCount === 1 ? 'saved' : 'conflict';
}

async function insert<T extends { version: number }>(
  model: Model<Stored<T>>,
  document: Stored<T>,
): Promise<'saved' | 'conflict'> {
  try {
    await model.create([document]);
    return 'saved';
  } catch (error) {
    if (isDuplicate(error)) return 'conflict';
    throw error;
  }
}

/** Removes at most `limit` documents. @returns how many */
export async function removeSome<T extends { _id: string }>(
  model: Model<T>,
  filter: object,
  limit: number,
): Promise<number> {
  const found = await model
    .find(filter as never)
    .limit(limit)
    .select('_id')
    .lean<{ _id: string }[]>()
    .exec();
  const { deletedCount } = await model.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } } as never);
  return deletedCount;
}
