import { z } from 'zod';

/** ISO date of a document, or only its month or year when it says no more. */
const documentDate = z.string().regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/);

/** A document the facts come from; `data/documents.json` lists them. */
export const documentSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(3).max(160),
  /** `null`: the document bears no date. */
  date: documentDate.nullable(),
  /** Where a public source is read; the five documents of the service have none. */
  url: z.url().optional(),
});
export type SourceDocument = z.infer<typeof documentSchema>;

/** How a shipped entry names its source. */
export const citationSchema = z.strictObject({
  document: z.string(),
  /** Line of the document on which the quoted words begin. */
  line: z.int().positive().optional(),
  /** The words of the document that the entry rests on. */
  quote: z.string().min(3).max(400),
});

/** A source as callers and coordinators see it. */
export const sourceSchema = z.strictObject({
  document: z.string().min(3).max(200),
  date: documentDate.nullable(),
  line: z.int().positive().nullable(),
  quote: z.string().min(3).max(400),
});
export type Source = z.infer<typeof sourceSchema>;
