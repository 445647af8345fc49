import { readFileSync } from 'node:fs';
import type { Logger } from '../kernel/log.js';
import { errorFields } from '../kernel/log.js';
import { createScreen, type SafetyModel, type Screen } from './screen.js';

/** The screen with the model beside it. A missing or damaged file is logged, and nothing is then "clear". */
export function loadScreen(log: Logger, file = new URL('./model.json', import.meta.url)): Screen {
  try {
    return createScreen(JSON.parse(readFileSync(file, 'utf8')) as SafetyModel);
  } catch (error) {
    log.error('the safety model cannot be read', { part: 'safety', ...errorFields(error) });
    return createScreen('missing');
  }
}
