import { readFileSync } from 'node:fs';
import { errorFields, type Logger } from '../kernel/log.js';
import { createUnderstand, type TriageModel, type Understand, understandNothing } from './understand.js';

/**
 * The understanding with the model beside it. A missing or damaged file, or a failure, is logged; the caller is
 * then asked what it is about, and the service goes on.
 */
export function loadUnderstand(log: Logger, file = new URL('./model.json', import.meta.url)): Understand {
  const understand = open(log, file);
  return (text) => {
    try {
      return understand(text);
    } catch (error) {
      log.error('the understanding failed', { part: 'triage', ...errorFields(error) });
      return understandNothing(text);
    }
  };
}

function open(log: Logger, file: URL): Understand {
  try {
    return createUnderstand(JSON.parse(readFileSync(file, 'utf8')) as TriageModel);
  } catch (error) {
    log.error('the model of needs cannot be read: run npm run train', {
      part: 'triage',
      ...errorFields(error),
    });
    return understandNothing;
  }
}
