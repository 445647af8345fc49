import { createRequire } from 'node:module';
import path from 'node:path';
import { type Router, urlencoded } from 'express';
import type { Translate } from '../../locales/translate.js';
import type { Accounts } from '../accounts/accounts.js';
import type { Door } from '../accounts/door.js';
import type { Secrets } from '../privacy/secrets.js';
import { clientFolders, createPageAssets } from '../web/page-assets.js';
import { strictPolicy } from '../web/strict-policy.js';
import { type AccountParts, addAccount } from './account/account-pages.js';
import { type AccountsPagesParts, addAccounts } from './admin/accounts-pages.js';
import { type AuditPagesParts, addAudit } from './admin/audit-pages.js';
import { addData, type DataPagesParts } from './admin/data-pages.js';
import { addConversations } from './desk/conversation-pages.js';
import { addDesk, type DeskParts } from './desk/desk-pages.js';
import { addDiary } from './diary/diary-area.js';
import type { DiaryParts } from './diary/diary-parts.js';
import { addDuty, type DutyParts } from './duty/duty-pages.js';
import { createFrame } from './frame.js';
import { addOffice } from './office/office-area.js';
import type { OfficeParts } from './office/office-parts.js';
import { addProvider, type ProviderParts } from './sign-in/provider-pages.js';
import { addSecondStep, type SecondStepParts } from './sign-in/second-step-pages.js';
import { addSignIn } from './sign-in/sign-in-pages.js';
import { createStaffRoutes, type StaffRoutes } from './staff-routes.js';
import { addStatistics, type StatisticsParts } from './statistics/statistics-pages.js';

/** Scripts of packages, as they were published, under a name of ours. */
const LIBRARIES: Readonly<Record<string, string>> = {
  'fullcalendar.js': path.join(
    path.dirname(createRequire(import.meta.url).resolve('fullcalendar/package.json')),
    'index.global.min.js',
  ),
  'chart.js': path.join(path.dirname(createRequire(import.meta.url).resolve('chart.js')), 'chart.umd.min.js'),
};

/** Every area of the console names what it needs; the whole is their sum. */
export interface ConsoleParts
  extends AccountParts,
    AccountsPagesParts,
    AuditPagesParts,
    DataPagesParts,
    DeskParts,
    DutyParts,
    DiaryParts,
    OfficeParts,
    ProviderParts,
    SecondStepParts,
    StatisticsParts {
  stores: DataPagesParts['stores'] & DiaryParts['stores'] & OfficeParts['stores'] & StatisticsParts['stores'];
  accounts: Accounts;
  audit: AuditPagesParts['audit'];
  secondFactors: AccountParts['secondFactors'] & AccountsPagesParts['secondFactors'];
  config: DeskParts['config'] & DataPagesParts['config'];
  phoneLine: DeskParts['phoneLine'] & DutyParts['phoneLine'];
  door: Door;
  secrets: Secrets;
  translate: Translate;
  secureCookies: boolean;
}

/** The staff pages. */
export function createConsole(parts: ConsoleParts): Router {
  return staffRoutes(parts).router;
}

/** The routes with their permissions, for the console and for the test that walks them. */
export function staffRoutes(parts: ConsoleParts): StaffRoutes {
  const routes = createStaffRoutes({
    accounts: parts.accounts,
    door: parts.door,
    csrfKey: parts.secrets.derive('csrf'),
    secureCookies: parts.secureCookies,
  });
  const { router } = routes;
  const frame = createFrame(parts.translate);
  router.use(
    strictPolicy({
      'img-src': ["'self'", 'data:'],
      // Only for a page without script, whose frame says that somebody is there (desk/beat-page.ts).
      'frame-src': ["'self'"],
      'form-action': ["'self'"],
    }),
  );
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.use(createPageAssets('/assets', clientFolders('src/console/client/'), LIBRARIES));
  router.use('/import', urlencoded({ extended: false, limit: '2mb', parameterLimit: 10 }));
  router.use('/annuaire', urlencoded({ extended: false, limit: '16kb', parameterLimit: 80 }));
  router.use(urlencoded({ extended: false, limit: '16kb', parameterLimit: 40 }));
  addSignIn(parts, frame, routes);
  addSecondStep(parts, frame, routes);
  addProvider(parts, frame, routes);
  addAccount(parts, frame, routes);
  addDesk(parts, frame, routes);
  addConversations(parts, frame, routes);
  addDuty(parts, frame, routes);
  addDiary(parts, frame, routes);
  addOffice(parts, frame, routes);
  addStatistics(parts, frame, routes);
  addAccounts(parts, frame, routes);
  addAudit(parts, frame, routes);
  addData(parts, frame, routes);
  return routes;
}
