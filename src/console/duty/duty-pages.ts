import { z } from 'zod';
import { may } from '../../accounts/permissions.js';
import { asId, type LineRequestId } from '../../kernel/ids.js';
import type { PhoneLine } from '../../phone-line/phone-line.js';
import { type DeskParts, namesOf } from '../desk/desk-parts.js';
import { type ConsoleFrame, parseForm } from '../frame.js';
import type { StaffRoutes } from '../staff-routes.js';
import { dutyView } from './duty-view.js';

export interface DutyParts extends Pick<DeskParts, 'accounts' | 'audit' | 'presences'> {
  phoneLine: Pick<PhoneLine, 'duties' | 'setAvailable' | 'ringingAt' | 'refuse'>;
}

const callSchema = z.object({ request: z.string().min(1).max(100) });
const dutySchema = z.object({ available: z.enum(['yes', 'no']) });

/** Whoever may be rung says so here; a pause after missed rings is shown, and ended by switching on again. */
export function addDuty(parts: DutyParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { phoneLine, audit } = parts;
  routes.page('/permanence', 'duty:own', async (staff) => {
    const all = await phoneLine.duties();
    const own = all.find(({ responder }) => responder === staff.account.id);
    const incoming = await phoneLine.ringingAt(staff.account.id);
    const view = { t: frame.t, csrf: staff.csrf, nameOf: await namesOf(parts) };
    const shown = may(staff.account, 'duty:see') ? all : [];
    frame.show(
      staff,
      {
        title: frame.t('console.duty.title'),
        content: dutyView(view, { own, incoming, all: shown }),
        scripts: ['duty.js'],
      },
      ['done', 'call-refused', 'call-gone'],
    );
  });
  routes.form('/permanence', 'duty:own', async ({ account, request, response }) => {
    const { available } = parseForm(dutySchema, request.body);
    const role = account.roles.includes('psychologist') ? 'psychologist' : 'operator';
    await phoneLine.setAvailable(account.id, role, available === 'yes');
    await audit.record({ by: account.id, act: available === 'yes' ? 'duty-on' : 'duty-off' });
    response.redirect(303, '/console/permanence?said=done');
  });
  /** Accepting stays on the phone, where a voicemail cannot. */
  routes.form('/permanence/refuser', 'duty:own', async ({ account, request, response }) => {
    const id = asId<LineRequestId>(parseForm(callSchema, request.body).request);
    const outcome = await phoneLine.refuse(id, account.id);
    if (outcome === 'refused') await audit.record({ by: account.id, act: 'call-refused', on: id });
    response.redirect(
      303,
      `/console/permanence?said=${outcome === 'refused' ? 'call-refused' : 'call-gone'}`,
    );
  });
}
