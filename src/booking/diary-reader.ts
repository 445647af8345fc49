import { type Clock, type Instant, instant, MINUTE } from '../kernel/clock.js';
import { type Calendar, createCalendar } from './availability.js';
import type { Diary, DiaryStore } from './diary-store.js';

export interface DiaryView {
  diary: Diary;
  calendar: Calendar;
}

/** The diary as it stands, read again when its revision has changed. */
export interface DiaryReader {
  now(): Promise<DiaryView>;
}

/** What another instance changed just before it died may show no new revision: nothing is kept longer. */
const KEPT = MINUTE;

export function createDiaryReader(parts: { clock: Clock; store: DiaryStore }): DiaryReader {
  const { clock, store } = parts;
  let kept: { view: DiaryView; revision: number; since: Instant } | undefined;

  return {
    async now() {
      const revision = await store.revision();
      const now = clock.now();
      if (kept?.revision === revision && now >= kept.since && now - kept.since < KEPT) return kept.view;
      const diary = await store.read();
      kept = { view: { diary, calendar: createCalendar(diary) }, revision, since: instant(now) };
      return kept.view;
    },
  };
}
