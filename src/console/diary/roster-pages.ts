import { z } from 'zod';
import { may } from '../../accounts/permissions.js';
import { type DaySpan, wallText, weekFrom } from '../../booking/week-items.js';
import { isoDate } from '../../kernel/days.js';
import type { Range } from '../../kernel/ranges.js';
import { minuteToInstant } from '../../kernel/wall-clock.js';
import { ROSTER_ZONE } from '../../phone-line/roster.js';
import { type ConsoleFrame, parseForm } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { DIARY_SAID, type DiaryParts } from './diary-parts.js';
import { emptyForm, type FormState, formValues } from './form-fields.js';
import { SHIFT_ROWS } from './roster-forms.js';
import { type Person, rosterView } from './roster-view.js';

const date = z.iso.date();
const refSchema = z.object({
  kind: z.enum(['rule', 'override', 'temporary']),
  id: z.string().min(1).max(100),
});
/** Who answers the immediate line in a week, where nobody does, and the three ways to change it. */
export function addRoster(parts: DiaryParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  const { rosterEditor, accounts, clock, openingTimes } = parts;

  async function people(): Promise<Person[]> {
    return (await accounts.list())
      .filter(({ disabled }) => !disabled)
      .flatMap(({ id, pseudonym, roles }): Person[] => {
        if (roles.includes('psychologist')) return [{ id, name: pseudonym, role: 'psychologist' }];
        return roles.includes('operator') ? [{ id, name: pseudonym, role: 'operator' }] : [];
      });
  }

  async function show(staff: StaffRequest, form: FormState): Promise<void> {
    const asked = date.safeParse(staff.request.query.semaine);
    const today = wallText(clock.now(), ROSTER_ZONE).slice(0, 10);
    const days = weekFrom(asked.success ? asked.data : today);
    const window = {
      from: minuteToInstant(days.from, 0, ROSTER_ZONE),
      to: minuteToInstant(days.to, 0, ROSTER_ZONE),
    };
    // Hours that nobody filled in may be any hour.
    const known = await openingTimes.opensBetween('psychologists', {}, window);
    const open = byDay(known ?? [window], days);
    const content = rosterView(t, {
      ...{
        csrf: staff.csrf,
        days,
        open,
        hoursKnown: known !== undefined,
        form,
        today,
        edits: may(staff.account, 'diary:edit'),
      },
      week: await rosterEditor.week(window, open),
      entries: await rosterEditor.entries(),
      people: await people(),
    });
    frame.show(staff, { title: t('staff-roster.title'), content, styles: ['diary.css'] }, [
      ...DIARY_SAID,
      'full',
    ]);
  }

  routes.page('/planning', 'diary:see', (staff) => show(staff, emptyForm));

  routes.form('/planning', 'diary:edit', async (staff) => {
    const values = formValues(staff.request.body);
    const roles = new Map((await people()).map(({ id, role }) => [id, role]));
    const outcome = await rosterEditor.add(staff.account.id, entryOf(values, roles));
    if (outcome.kind === 'invalid') {
      staff.response.status(400);
      return show(staff, { values, faults: outcome.fields });
    }
    const day = date.safeParse((values.firstDate ?? values.from ?? '').slice(0, 10));
    const week = day.success ? `&semaine=${isoDate(weekFrom(day.data).from)}` : '';
    staff.response.redirect(
      303,
      `/console/planning?said=${outcome.kind === 'full' ? 'roster-full' : 'saved'}${week}`,
    );
  });

  routes.form('/planning/retirer', 'diary:edit', async (staff) => {
    await rosterEditor.remove(staff.account.id, parseForm(refSchema, staff.request.body));
    staff.response.redirect(303, '/console/planning?said=removed');
  });
}

/** Open hours, cut at midnight: a day shows its own. */
const byDay = (open: readonly Range[], { from, to }: DaySpan): Range[] =>
  Array.from({ length: to - from }, (_, index) => ({
    from: minuteToInstant(from + index, 0, ROSTER_ZONE),
    to: minuteToInstant(from + index + 1, 0, ROSTER_ZONE),
  })).flatMap((day) =>
    open.flatMap((range) => {
      const part = { from: Math.max(range.from, day.from), to: Math.min(range.to, day.to) };
      return part.from < part.to ? [part] : [];
    }),
  );

/** What the three forms sent, as entries that are still to be checked. */
function entryOf(values: Readonly<Record<string, string>>, roles: ReadonlyMap<string, string>): unknown {
  const { kind, responder = '', from, to, firstDate, lastDate = '', weekday, change, by } = values;
  const role = roles.get(responder);
  if (kind === 'rule')
    return {
      ...{ kind, responder, role, from, to, firstDate },
      weekday: Number(weekday),
      lastDate: lastDate === '' ? null : lastDate,
    };
  if (kind === 'override')
    return {
      kind,
      responder,
      role,
      from,
      to,
      change: change === 'replace' ? { kind: change, by } : { kind: change },
    };
  const shifts = Array.from({ length: SHIFT_ROWS }, (_, row) => ({
    responder: values[`who${row}`] ?? '',
    role: roles.get(values[`who${row}`] ?? ''),
    from: values[`from${row}`] || from,
    to: values[`to${row}`] || to,
  }));
  return { kind, from, to, shifts: shifts.filter((shift) => shift.responder !== '') };
}
