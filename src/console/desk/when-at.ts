import type { Language } from '../../conversations/conversation.js';
import type { Instant } from '../../kernel/clock.js';

const LOCALE: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' };

/** "mardi 3 mars à 14:30", on the wall of that zone. */
export const whenAt = (language: Language, zone: string, at: Instant): string =>
  new Intl.DateTimeFormat(LOCALE[language], {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
