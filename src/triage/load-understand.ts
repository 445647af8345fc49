import { readFileSync } from 'node:fs';
import { StartError } from '../kernel/errors.js';
import { createUnderstand, type TriageModel, type Understand } from './understand.js';

/** @throws StartError when the model beside this module is missing or damaged */
export function loadUnderstand(file = new URL('./model.json', import.meta.url)): Understand {
  try {
    return createUnderstand(JSON.parse(readFileSync(file, 'utf8')) as TriageModel);
  } catch (cause) {
    throw new StartError('The model of needs is missing or damaged: run npm run train, then npm run build.', {
      cause,
    });
  }
}
