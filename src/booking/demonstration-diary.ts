import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { asId, type PsychologistId, type SiteId } from '../kernel/ids.js';
import { MODES, SITE_KINDS } from './booking.js';
import type { Diary, DiaryStore } from './diary-store.js';

/** A diary of plain weekly openings. */
export type WeeklyDiary = Pick<Diary, 'sites' | 'psychologists' | 'rules'>;

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
export function demonstrationDiary(today: string): WeeklyDiary {
  const data = demonstrationSchema.parse(JSON.parse(readFileSync(FILE, 'utf8')));
  const rules = data.psychologists.flatMap(({ id, openings }) =>
    openings.map(({ weekdays, ...opening }) => ({
      ...opening,
      id: `${id}/${opening.site}/${weekdays.join('')}/${opening.from}`,
      psychologist: id,
      recurrence: { kind: 'weekly', every: 1, weekdays } as const,
      durations: [data.slotMinutes],
      firstDate: today,
      lastDate: null,
    })),
  );
  return {
    sites: data.sites.map((site) => ({ ...site, zone: ZONE })),
    psychologists: data.psychologists.map(({ id, label }) => ({ id, label })),
    rules,
  };
}

/** Writes a diary into the store; what has the same id is replaced. */
export async function fillDiary(store: DiaryStore, diary: WeeklyDiary): Promise<void> {
  await Promise.all(diary.sites.map((site) => store.putSite(site)));
  await Promise.all(diary.psychologists.map((psychologist) => store.putPsychologist(psychologist)));
  await Promise.all(diary.rules.map((rule) => store.putRule(rule)));
}
