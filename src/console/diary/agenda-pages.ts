import { z } from 'zod';
import { may } from '../../accounts/permissions.js';
import { markOf } from '../../booking/diary-mark.js';
import type { Diary } from '../../booking/diary-store.js';
import {
  peopleOf,
  type WeekFilter,
  type WeekItem,
  wallText,
  weekFrom,
  weekItems,
  windowOf,
} from '../../booking/week-items.js';
import { dayNumber } from '../../kernel/days.js';
import { token } from '../../kernel/random.js';
import { type ConsoleFrame, parseForm } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { agendaView } from './agenda-view.js';
import { calendarEvents } from './calendar-events.js';
import { DIARY_SAID, type DiaryParts } from './diary-parts.js';

const date = z.iso.date();
/** A calendar asks with hours. */
const day = z
  .string()
  .transform((text) => text.slice(0, 10))
  .pipe(date);
const spanSchema = z.object({ start: day, end: day });
const MOST_DAYS = 14;
const NONCE_BYTES = 16;

/** The week of a site, of a psychologist, or of one at the other: as a calendar, and as a table that says the same. */
export function addAgenda(parts: DiaryParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  const { diaryEditor, stores, clock } = parts;

  async function itemsOf(
    diary: Diary,
    filter: WeekFilter,
    days: { from: number; to: number },
  ): Promise<WeekItem[]> {
    const psychologists = peopleOf(diary, filter);
    const bookings =
      psychologists.length === 0
        ? []
        : await stores.bookings.confirmedIn({ psychologists, ...windowOf(days) });
    return weekItems(diary, { filter, days, bookings });
  }

  routes.page('/agenda', 'diary:see', async (staff) => {
    const diary = await diaryEditor.read();
    const filter = filterOf(diary, staff);
    const zone = diary.sites.find(({ id }) => id === filter.site)?.zone ?? 'Europe/Paris';
    const today = wallText(clock.now(), zone).slice(0, 10);
    const asked = date.safeParse(staff.request.query.semaine);
    const days = weekFrom(asked.success ? asked.data : today);
    const items = await itemsOf(diary, filter, days);
    const edits = may(staff.account, 'diary:edit');
    const content = agendaView(t, { diary, filter, days, items, today, edits });
    frame.show(
      staff,
      {
        title: t('staff-diary.agenda.title'),
        content,
        styles: ['diary.css'],
        libraries: ['fullcalendar.js'],
        scripts: ['agenda.js'],
        styleNonce: token(parts.random, NONCE_BYTES),
      },
      DIARY_SAID,
    );
  });

  routes.page('/agenda/semaine', 'diary:see', async (staff) => {
    const diary = await diaryEditor.read();
    const filter = filterOf(diary, staff);
    const { start: from, end: to } = parseForm(spanSchema, staff.request.query);
    const days = { from: dayNumber(from), to: Math.min(dayNumber(to), dayNumber(from) + MOST_DAYS) };
    const items = await itemsOf(diary, filter, days);
    staff.response.json(
      calendarEvents(t, { diary, filter, items, edits: may(staff.account, 'diary:edit'), markOf }),
    );
  });
}

/** Without a choice, the first site. */
function filterOf({ sites, psychologists }: Diary, { request }: StaffRequest): WeekFilter {
  const site = sites.find(({ id }) => id === request.query.site)?.id;
  const psychologist = psychologists.find(({ id }) => id === request.query.psychologue)?.id;
  if (site === undefined && psychologist === undefined) return { site: sites[0]?.id };
  return { site, psychologist };
}
