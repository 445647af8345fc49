import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { asId, type PsychologistId, type SiteId } from '../kernel/ids.js';
import { type AvailabilityRule, MODES, type Psychologist, SITE_KINDS, type Site } from './booking.js';
import type { DiaryStore } from './diary-store.js';

export interface Diary {
  sites: Site[];
  psychologists: Psychologist[];
  rules: AvailabilityRule[];
}

const FILE = new URL('./data/demonstration.json', import.meta.url);

/** The three académies of the demonstration are in metropolitan France. */
const ZONE = 'Europe/Paris';

const text = z.string().max(120);
const clockTime = z.string().regex(/^\d{2}:\d{2}$/);

const demonstrationSchema = z.object({
  slotMinutes: z.number().int().multipleOf(5).positive(),
  sites: z
    .array(
      z.object({
        id: text.transform((id) => asId<SiteId>(id)),
        kind: z.enum(SITE_KINDS),
        name: text,
        department: z.string().max(3),
        address: text,
        accessibility: text,
      }),
    )
    .max(500),
  psychologists: z
    .array(
      z.object({
        id: text.transform((id) => asId<PsychologistId>(id)),
        label: text,
        openings: z
          .array(
            z.object({
              site: text.transform((id) => asId<SiteId>(id)),
              weekdays: z.array(z.number().int().min(1).max(7)).max(7),
              from: clockTime,
              to: clockTime,
              modes: z.array(z.enum(MODES)).min(1),
            }),
          )
          .max(20),
      }),
    )
    .max(500),
});

/**
 * Invented psychologists and hours in the académies of Strasbourg, Nancy-Metz and Aix-Marseille, open from `today`
 * on with no last date. The same identifiers every time, so that filling twice changes nothing.
 * @param today ISO date
 */
export function demonstrationDiary(today: string): Diary {
  const data = demonstrationSchema.parse(JSON.parse(readFileSync(FILE, 'utf8')));
  const rules = data.psychologists.flatMap(({ id, openings }) =>
    openings.flatMap(({ weekdays, ...opening }) =>
      weekdays.map((weekday) => ({
        ...opening,
        id: `${id}/${opening.site}/${weekday}/${opening.from}`,
        psychologist: id,
        weekday,
        minutes: data.slotMinutes,
        firstDate: today,
        lastDate: null,
      })),
    ),
  );
  return {
    sites: data.sites.map((site) => ({ ...site, zone: ZONE })),
    psychologists: data.psychologists.map(({ id, label }) => ({ id, label })),
    rules,
  };
}

/** Writes a diary into the store; what has the same id is replaced. */
export async function fillDiary(store: DiaryStore, diary: Diary): Promise<void> {
  await Promise.all(diary.sites.map((site) => store.putSite(site)));
  await Promise.all(diary.psychologists.map((psychologist) => store.putPsychologist(psychologist)));
  await Promise.all(diary.rules.map((rule) => store.putRule(rule)));
}
