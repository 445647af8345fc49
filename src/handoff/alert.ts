import type { Instant } from '../kernel/clock.js';
import type { AlertId, ConversationId, StaffId } from '../kernel/ids.js';
import type { RiskReason } from '../safety/risk.js';

export const ALERT_OUTCOMES = [
  'emergency-services',
  'psychologist-on-line',
  'safe-now',
  'caller-left',
  'false-alarm',
] as const;
export type AlertOutcome = (typeof ALERT_OUTCOMES)[number];

export type AlertState =
  | { kind: 'open' }
  | { kind: 'acknowledged'; by: StaffId; at: Instant }
  | { kind: 'closed'; by: StaffId; at: Instant; outcome: AlertOutcome };

/** A life may be in danger. Only a human closes it (product.md, "Safety protocol"). */
export interface Alert {
  id: AlertId;
  conversation: ConversationId;
  reason: RiskReason;
  openedAt: Instant;
  state: AlertState;
  /** Since when nobody has it (absent: since it was opened), and how often people were called for it. */
  alarm?: { since: Instant; calls: number };
  version: number;
}

export const alarmOf = ({ alarm, openedAt }: Alert): { since: Instant; calls: number } =>
  alarm ?? { since: openedAt, calls: 0 };
