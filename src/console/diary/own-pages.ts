import { z } from 'zod';
import { ATTENDANCES } from '../../booking/booking.js';
import { wallText } from '../../booking/week-items.js';
import { dayNumber } from '../../kernel/days.js';
import { asId, type BookingId, type PsychologistId, type SiteId } from '../../kernel/ids.js';
import { minuteToInstant } from '../../kernel/wall-clock.js';
import type { ConsoleFrame } from '../frame.js';
import { parseForm } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { type AwayArea, addAway } from './away-pages.js';
import { DIARY_SAID, type DiaryParts } from './diary-parts.js';
import { type Checked, ownDayView } from './own-view.js';

const codeSchema = z.object({ code: z.string().trim().min(1).max(40), site: z.string().min(1).max(100) });
const outcomeSchema = z.object({
  booking: z.string().min(1).max(100),
  outcome: z.enum([...ATTENDANCES, 'none']),
});

/** The account and the diary know a psychologist by the same id. */
const own = ({ account }: StaffRequest): PsychologistId => asId<PsychologistId>(account.id);

const OWN_ABSENCES: AwayArea = {
  ...{ kind: 'absence', path: '/mes-absences', parameter: 'psychologue', permission: 'diary:own' },
  only: own,
  back: () => '/console/mon-agenda',
};

/** A psychologist's day: when, how, which session; who came; their own absences and their calendar's address. */
export function addOwnDay(parts: DiaryParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  const { diaryEditor, attendance, calendars, clock, audit, publicUrl } = parts;

  async function show(
    staff: StaffRequest,
    extra: { checked?: Checked; address?: string } = {},
  ): Promise<void> {
    const psychologist = own(staff);
    const diary = await diaryEditor.read();
    const mine = new Set(
      diary.rules.filter((rule) => rule.psychologist === psychologist).map(({ site }) => site),
    );
    const sites = diary.sites.filter(({ id }) => mine.has(id));
    const zone = sites[0]?.zone ?? 'Europe/Paris';
    const today = wallText(clock.now(), zone).slice(0, 10);
    const day = dayNumber(today);
    const window = { from: minuteToInstant(day, 0, zone), to: minuteToInstant(day + 1, 0, zone) };
    const content = ownDayView(t, {
      ...{ csrf: staff.csrf, today, zone, sites, ...extra },
      known: diary.psychologists.some(({ id }) => id === psychologist),
      entries: await attendance.expected({ psychologist, ...window }),
      absences: diary.absences.filter((absence) => absence.psychologist === psychologist),
    });
    const said = [...DIARY_SAID, 'too-early', 'unknown-booking', 'revoked'];
    frame.show(staff, { title: t('staff-own.title'), content, styles: ['diary.css'] }, said);
  }

  routes.page('/mon-agenda', 'diary:own', (staff) => show(staff));

  /** The code is answered at once and stands in no address. */
  routes.form('/mon-agenda/code', 'diary:own', async (staff) => {
    const { code, site } = parseForm(codeSchema, staff.request.body);
    const outcome = await attendance.checkIn(code, asId<SiteId>(site));
    if (outcome.kind === 'expected')
      await audit.record({ by: staff.account.id, act: 'appointment-checked-in', on: outcome.entry.booking });
    await show(staff, { checked: outcome });
  });

  routes.form('/mon-agenda/issue', 'diary:own', async (staff) => {
    const { booking, outcome } = parseForm(outcomeSchema, staff.request.body);
    const id = asId<BookingId>(booking);
    const found = await attendance.mark(id, outcome === 'none' ? null : outcome, own(staff));
    if (found === 'marked')
      await audit.record({ by: staff.account.id, act: 'session-outcome-given', on: id });
    const said = { marked: 'saved', 'too-early': 'too-early', unknown: 'unknown-booking' }[found];
    staff.response.redirect(303, `/console/mon-agenda?said=${said}`);
  });

  /** Shown this once: only a hash is kept. */
  routes.form('/mon-agenda/adresse', 'diary:own', async (staff) => {
    const secret = await calendars.open(own(staff));
    await audit.record({ by: staff.account.id, act: 'calendar-address-made' });
    await show(staff, { address: `${publicUrl()}/agenda/${secret}.ics` });
  });

  routes.form('/mon-agenda/adresse/revoquer', 'diary:own', async (staff) => {
    await calendars.revoke(own(staff));
    await audit.record({ by: staff.account.id, act: 'calendar-address-revoked' });
    staff.response.redirect(303, '/console/mon-agenda?said=revoked');
  });

  addAway({ parts, frame, routes }, OWN_ABSENCES);
}
