import type { ConsoleFrame } from '../frame.js';
import type { StaffRoutes } from '../staff-routes.js';
import { addCallbacks } from './callback-pages.js';
import { addHours } from './hours-pages.js';
import type { OfficeParts } from './office-parts.js';
import { addWaiting } from './waiting-pages.js';

/** The service itself: what callers are told of it, and how it goes. */
export function addOffice(parts: OfficeParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  addCallbacks(parts, frame, routes);
  addWaiting(parts, frame, routes);
  addHours(parts, frame, routes);
}
