import type { ConsoleFrame } from '../frame.js';
import type { StaffRoutes } from '../staff-routes.js';
import { addAgenda } from './agenda-pages.js';
import { AWAY_AREAS, addAway } from './away-pages.js';
import { addCoverage } from './coverage-pages.js';
import type { DiaryParts } from './diary-parts.js';
import { addImport } from './import-pages.js';
import { addOpenings } from './opening-pages.js';
import { addOwnDay } from './own-pages.js';
import { addPsychologists } from './psychologist-pages.js';
import { addRoster } from './roster-pages.js';
import { addSeries } from './series-pages.js';
import { addSites } from './site-pages.js';

/** Everything about who is met, where and when. */
export function addDiary(parts: DiaryParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  addAgenda(parts, frame, routes);
  addOpenings(parts, frame, routes);
  addSeries(parts, frame, routes);
  addPsychologists(parts, frame, routes);
  addSites(parts, frame, routes);
  addCoverage(parts, frame, routes);
  addRoster(parts, frame, routes);
  addImport(parts, frame, routes);
  addOwnDay(parts, frame, routes);
  for (const area of AWAY_AREAS) addAway({ parts, frame, routes }, area);
}
