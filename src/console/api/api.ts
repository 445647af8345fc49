import type { Router } from 'express';
import type { Accounts } from '../../accounts/accounts.js';
import type { ApiTokens } from '../../accounts/api-token.js';
import type { Audit } from '../../accounts/audit.js';
import type { Logger } from '../../kernel/log.js';
import type { Secrets } from '../../privacy/secrets.js';
import { createStaffSessions } from '../staff-session.js';
import { type AccountEndpointParts, accountEndpoints } from './account-endpoints.js';
import { createApiRoutes } from './api-routes.js';
import { auditEndpoints } from './audit-endpoints.js';
import { type CallbackEndpointParts, callbackEndpoints } from './callback-endpoints.js';
import { type DeskEndpointParts, deskEndpoints } from './desk-endpoints.js';
import { type DiaryEndpointParts, diaryEndpoints } from './diary-endpoints.js';
import { type DirectoryEndpointParts, directoryEndpoints } from './directory-endpoints.js';
import type { AnyEndpoint } from './endpoint.js';
import { type FiguresEndpointParts, figuresEndpoints } from './figures-endpoints.js';
import { type HoursEndpointParts, hoursEndpoints } from './hours-endpoints.js';
import { type WaitingEndpointParts, waitingEndpoints } from './waiting-endpoints.js';

/** Every area names what it needs; the whole is their sum. */
export interface ApiParts
  extends AccountEndpointParts,
    DeskEndpointParts,
    DiaryEndpointParts,
    DirectoryEndpointParts,
    FiguresEndpointParts,
    HoursEndpointParts,
    CallbackEndpointParts,
    WaitingEndpointParts {
  accounts: Accounts;
  audit: Audit;
  apiTokens: ApiTokens;
  secrets: Secrets;
  secureCookies: boolean;
  log: Logger;
}

/** Every endpoint of the staff API: an area adds its own list here. */
export const endpointsOf = (parts: ApiParts): AnyEndpoint[] => [
  ...accountEndpoints(parts),
  ...auditEndpoints(parts),
  ...deskEndpoints(parts),
  ...directoryEndpoints(parts),
  ...figuresEndpoints(parts),
  ...hoursEndpoints(parts),
  ...diaryEndpoints(parts),
  ...callbackEndpoints(parts),
  ...waitingEndpoints(parts),
];

/** The staff API, to be mounted at `/api/v1`. */
export function createApi(parts: ApiParts): Router {
  return createApiRoutes({
    ...parts,
    endpoints: endpointsOf(parts),
    sessions: createStaffSessions({ ...parts, csrfKey: parts.secrets.derive('csrf') }),
  });
}
