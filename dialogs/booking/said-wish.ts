import type { TimeWish } from '../../src/booking/time-wish.js';
import type { Instant } from '../../src/kernel/clock.js';
import { callerZone } from '../caller-time.js';
import type { Memory } from '../dialog.js';
import { fold } from '../match-choice.js';
import { todayIn } from '../when.js';
import { timeWish } from './time-words.js';

const APPOINTMENT =
  /\b(rendez vous|rdv|creneau|creneaux|dispo\w*|seance|venir|(voir|parler a|parler avec) une? psy\w*|appointment|slot|see a psy\w*)\b/;
/** In few words a day and an appointment belong together; in a story only inside one clause. */
const FEW_WORDS = 60;
const LONGEST = 400;
const CLAUSES = /[,.;:!?\n]|\b(?:mais|car|parce que|depuis que|because|but|since)\b/i;

/** Days and hours that somebody names with the appointment they ask for, so that they are not asked again. */
export function wishSaid(
  text: string,
  { memory, now }: { memory: Memory; now: Instant },
): TimeWish | undefined {
  const today = todayIn(callerZone(memory), now);
  const said = text.slice(0, LONGEST);
  const clauses = said.length <= FEW_WORDS ? [said] : said.split(CLAUSES);
  const wished = clauses.find(
    (clause) => APPOINTMENT.test(fold(clause)) && timeWish(clause, today) !== undefined,
  );
  return wished === undefined ? undefined : timeWish(wished, today);
}
