import type { Channel } from '../../src/conversations/conversation.js';
import { type Choice, ONE_KEY, type Question } from '../dialog.js';

/** Doors of the open question; every other need is reached by the caller's own words. */
export const DOORS = ['psychologist-now', 'appointment', 'right-service', 'manage', 'human'] as const;
export type Door = (typeof DOORS)[number];

const CHOICES: readonly Choice[] = [
  { value: 'psychologist-now', key: 'triage.door.psychologist-now' },
  { value: 'appointment', key: 'triage.door.appointment' },
  { value: 'right-service', key: 'triage.door.right-service' },
  { value: 'manage', key: 'triage.door.manage' },
  { value: 'human', key: 'triage.door.human' },
];

const HINTS = ['psychologue', 'rendez-vous', 'annuler', 'opérateur', 'académie', 'harcèlement', 'mutation'];

/** The open question: one's own words, or a door. */
export const triageQuestion = (channel: Channel): Question => ({
  choices: CHOICES,
  open: true,
  keys: ONE_KEY,
  again: { key: channel === 'phone' ? 'triage.again-phone' : 'triage.again' },
  hints: HINTS,
});
