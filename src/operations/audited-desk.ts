import type { Audit } from '../accounts/audit.js';
import type { AuditAct } from '../accounts/audit-entry.js';
import type { Alerts } from '../handoff/alerts.js';
import type { Desk, DeskOutcome, Operator } from '../handoff/desk.js';
import type { ConversationId } from '../kernel/ids.js';

type Recorder = Pick<Audit, 'record'>;

/** The same desk, which writes down what was done once it is done; whoever lost a race has done nothing. */
export function auditedDesk(audit: Recorder, desk: Desk): Desk {
  const recorded = async (
    done: Promise<DeskOutcome>,
    entry: { by: Operator; act: AuditAct; on: ConversationId },
  ): Promise<DeskOutcome> => {
    const outcome = await done;
    if (outcome.kind === 'done') await audit.record({ ...entry, by: entry.by.id });
    return outcome;
  };
  return {
    ...desk,
    claim: (on, by) => recorded(desk.claim(on, by), { by, act: 'conversation-claimed', on }),
    reply: (on, by, text) => recorded(desk.reply(on, by, text), { by, act: 'conversation-replied', on }),
    handBack: (on, by) => recorded(desk.handBack(on, by), { by, act: 'conversation-handed-back', on }),
    close: (on, by) => recorded(desk.close(on, by), { by, act: 'conversation-closed', on }),
  };
}

/** The same alerts; what raises one is not staff. */
export function auditedAlerts(audit: Recorder, alerts: Alerts): Alerts {
  return {
    ...alerts,
    async acknowledge(on, by) {
      const outcome = await alerts.acknowledge(on, by);
      if (outcome.kind === 'acknowledged') await audit.record({ by, act: 'alert-acknowledged', on });
      return outcome;
    },
    async close(on, by, how) {
      const outcome = await alerts.close(on, by, how);
      if (outcome.kind === 'closed') await audit.record({ by, act: 'alert-closed', on });
      return outcome;
    },
  };
}
