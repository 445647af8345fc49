import type { Translations } from '../../locales/translate.js';
import type { DeskWords } from '../handoff/desk.js';

/** What the caller is told at each change, in plain words. */
export const deskWords = ({ written }: Translations): DeskWords => ({
  takenOver: (language, pseudonym) => written(language, 'handoff.taken-over', { pseudonym }),
  transferred: (language, pseudonym) => written(language, 'handoff.transferred', { pseudonym }),
  handedBack: (language) => written(language, 'handoff.handed-back'),
  closed: (language) => written(language, 'handoff.closed'),
  ownerLost: (language, vital) =>
    written(language, vital ? 'handoff.owner-lost-vital' : 'handoff.owner-lost'),
});
