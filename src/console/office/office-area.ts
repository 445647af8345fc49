import type { ConsoleFrame } from '../frame.js';
import type { StaffRoutes } from '../staff-routes.js';
import { addHours } from './hours-pages.js';
import type { OfficeParts } from './office-parts.js';

/** The service itself: what callers are told of it, and how it goes. */
export function addOffice(parts: OfficeParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  addHours(parts, frame, routes);
}
