import type { AlertOutcome } from '../../handoff/alert.js';
import type { AcknowledgeOutcome, CloseOutcome } from '../../handoff/alerts.js';
import type { Operator } from '../../handoff/desk.js';
import type { AlertId } from '../../kernel/ids.js';
import type { DeskParts } from './desk-parts.js';

type Acts = Pick<DeskParts, 'alerts' | 'desk' | 'help' | 'presences'>;

/** Whoever takes the alert takes the conversation too, when nobody else has it. */
export async function acknowledgeAlert(
  { alerts, desk }: Pick<Acts, 'alerts' | 'desk'>,
  id: AlertId,
  by: Operator,
): Promise<AcknowledgeOutcome> {
  const outcome = await alerts.acknowledge(id, by.id);
  const conversation = outcome.kind === 'acknowledged' ? (await alerts.get(id))?.conversation : undefined;
  if (conversation !== undefined) await desk.claim(conversation, by);
  return outcome;
}

export async function closeAlert(
  { alerts, desk, help, presences }: Acts,
  id: AlertId,
  { by, outcome }: { by: Operator; outcome: AlertOutcome },
): Promise<CloseOutcome> {
  const closed = await alerts.close(id, by.id, outcome);
  if (closed.kind !== 'closed') return closed;
  await desk.alertClosed(closed.conversation);
  await help.alertClosed(closed.conversation);
  await presences.heavy(by);
  return closed;
}
