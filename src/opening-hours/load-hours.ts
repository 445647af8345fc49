import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { StartError } from '../kernel/errors.js';
import { type OpeningHours, openingHoursSchema } from './opening-hours.js';

const FILE = new URL('./data/opening-hours.json', import.meta.url);

/** The shipped hours. @throws StartError that names the entry and the field at fault */
export function loadOpeningHours(file: URL = FILE): OpeningHours[] {
  const parsed = z.array(openingHoursSchema).safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new StartError(
    `Opening hours: entry ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}; correct the file.`,
  );
}
