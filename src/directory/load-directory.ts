import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { StartError } from '../kernel/errors.js';
import { type Service, serviceSchema } from './service.js';

const FOLDER = new URL('./data/', import.meta.url);

/** The shipped entries. @throws StartError that names the file, the entry and the field at fault */
export function loadServices(folder: URL = FOLDER): Service[] {
  const services = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => readFile(new URL(name, folder), name));
  const ids = services.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new StartError(`Directory: the entry ${twice} stands twice; keep one.`);
  return services;
}

function readFile(file: URL, name: string): Service[] {
  const parsed = z.array(serviceSchema).safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new StartError(
    `Directory: ${name}, ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}; correct the file.`,
  );
}
