import type { Instant } from '../../kernel/clock.js';

const format = new Intl.DateTimeFormat('fr-FR', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'Europe/Paris',
});

export const parisTime = (at: Instant): string => format.format(at);
