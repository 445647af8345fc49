import type { AvailabilityRule, Booking } from '../../booking/booking.js';
import { type EditOutcome, entryIn } from '../../booking/diary-editor.js';
import { markOf } from '../../booking/diary-mark.js';
import { wallText, weekFrom } from '../../booking/week-items.js';
import { dayNumber, weekdayOf } from '../../kernel/days.js';
import { CodedError } from '../../kernel/errors.js';
import { asId, type Id, newId, type SiteId } from '../../kernel/ids.js';
import type { ConsoleFrame } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { address, weekAddress } from './addresses.js';
import { conflictView } from './conflict-view.js';
import { DIARY_SAID, type DiaryParts } from './diary-parts.js';
import { type FormState, formValues } from './form-fields.js';
import { uncoveredView } from './opening-view.js';
import { ruleInWords } from './rule-words.js';
import { seriesView } from './series-view.js';

/** An opening as a whole: a new one, or all that one says. */
export function addSeries(parts: DiaryParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  const { diaryEditor, clock } = parts;
  const styles = ['diary.css'];

  async function show(
    staff: StaffRequest,
    rule: AvailabilityRule | undefined,
    form: FormState,
  ): Promise<void> {
    const diary = await diaryEditor.read();
    const mark = form.values.mark ?? (rule === undefined ? '' : markOf(rule));
    const title = t(rule === undefined ? 'staff-diary.rule.new' : 'staff-diary.series.title');
    frame.show(
      staff,
      { title, content: seriesView(t, { csrf: staff.csrf, diary, rule, mark, form, title }), styles },
      DIARY_SAID,
    );
  }

  /** Selecting in the calendar fills in the date and the hours. */
  routes.page('/agenda/nouvelle', 'diary:edit', async (staff) => {
    const query = formValues(staff.request.query);
    const diary = await diaryEditor.read();
    const today = wallText(clock.now(), 'Europe/Paris').slice(0, 10);
    const firstDate = query.date ?? today;
    const usual = diary.rules.find((rule) => rule.psychologist === query.psychologue);
    const values = {
      ...{ from: '09:00', to: '12:00', recurs: 'weekly', modes: 'face_to_face' },
      duration: String(usual?.durations[0] ?? diary.rules[0]?.durations[0] ?? 45),
      ...query,
      firstDate,
      psychologist: query.psychologue ?? '',
      site: query.site ?? usual?.site ?? '',
    };
    await show(staff, undefined, { values, faults: [] });
  });

  async function ruleOf(values: Readonly<Record<string, string>>): Promise<AvailabilityRule | undefined> {
    const ref = { kind: 'rule', id: values.rule ?? '', site: asId<SiteId>(values.site ?? '') } as const;
    return entryIn(await diaryEditor.read(), ref) as AvailabilityRule | undefined;
  }

  routes.page('/agenda/serie', 'diary:edit', async (staff) => {
    const rule = await ruleOf(formValues(staff.request.query));
    if (rule === undefined) throw new CodedError('not-found', 'This opening is no longer in the diary.');
    await show(staff, rule, { values: valuesOf(rule), faults: [] });
  });

  function showConflict(
    staff: StaffRequest,
    outcome: EditOutcome & { kind: 'conflict' },
    values: Record<string, string>,
  ): void {
    const stored = outcome.stored as AvailabilityRule | null;
    const label = t('staff-diary.series.title');
    staff.response.status(409);
    const content = conflictView(t, {
      stored: stored === null ? null : [[label, ruleInWords(t, stored)]],
      wanted: [[label, ruleInWords(t, outcome.wanted as AvailabilityRule)]],
      again: {
        action: '/console/agenda/serie',
        fields: { ...values, mark: stored === null ? '' : markOf(stored), csrf: staff.csrf },
      },
      back:
        stored === null
          ? '/console/agenda'
          : address('/console/agenda/serie', { site: stored.site, rule: stored.id }),
    });
    frame.show(staff, { title: t('staff-diary.conflict.title'), content, styles });
  }

  async function showUncovered(
    staff: StaffRequest,
    hits: readonly Booking[],
    values: Record<string, string>,
  ): Promise<void> {
    const { sites } = await diaryEditor.read();
    const action = '/console/agenda/serie';
    const back = address(action, { site: values.site, rule: values.rule });
    const fields = { ...values, confirmed: 'yes', csrf: staff.csrf };
    const content = uncoveredView(t, { action, hits, sites, fields, back });
    frame.show(staff, { title: t('staff-diary.series.title'), content, styles });
  }

  routes.form('/agenda/serie', 'diary:edit', async (staff) => {
    const values = formValues(staff.request.body);
    const stored = values.rule === '' ? undefined : await ruleOf(values);
    const id = values.rule || newId<Id<'rule'>>(parts.random);
    const value = ruleFrom(values, { id, stored });
    const hits = values.confirmed === 'yes' ? [] : await diaryEditor.uncoveredBySeries(value);
    if (hits.length > 0) return showUncovered(staff, hits, values);
    const outcome = await diaryEditor.save(staff.account.id, {
      kind: 'rule',
      mark: values.mark ?? '',
      value,
    });
    const { response } = staff;
    if (outcome.kind === 'invalid') {
      response.status(400);
      return show(staff, stored, { values, faults: outcome.fields.map(fieldOf) });
    }
    if (outcome.kind !== 'conflict') {
      const day = weekFrom(values.firstDate ?? '1970-01-01').from;
      return response.redirect(
        303,
        `${weekAddress({ site: asId<SiteId>(values.site ?? '') }, day)}&said=saved`,
      );
    }
    return showConflict(staff, outcome, { ...values, rule: id });
  });
}

/** Faults of the rule, by the field of the form that holds it. */
const fieldOf = (field: string): string =>
  ({ durations: 'duration', recurrence: 'weekdays' })[field] ?? field;

function valuesOf(rule: AvailabilityRule): Record<string, string> {
  const { recurrence } = rule;
  const kind =
    recurrence.kind === 'weekly'
      ? recurrence.every === 1
        ? 'weekly'
        : recurrence.every === 2
          ? 'fortnightly'
          : 'other'
      : recurrence.kind === 'once'
        ? 'once'
        : 'other';
  return {
    ...{ site: rule.site, psychologist: rule.psychologist, rule: rule.id },
    ...{
      firstDate: rule.firstDate,
      lastDate: rule.lastDate ?? '',
      from: rule.from,
      to: rule.to === '24:00' ? '23:59' : rule.to,
    },
    recurs: kind,
    weekdays: 'weekdays' in recurrence ? recurrence.weekdays.join(',') : '',
    modes: rule.modes.join(','),
    duration: String(rule.durations[0] ?? ''),
    holidays: rule.worksOnHolidays === true ? 'works' : '',
    bufferAfter: String(rule.bufferAfter ?? 0),
  };
}

/** What the form does not show stays as it was. */
function ruleFrom(
  values: Readonly<Record<string, string>>,
  { id, stored }: { id: string; stored: AvailabilityRule | undefined },
): Record<string, unknown> {
  const { site, psychologist, firstDate = '', lastDate = '', from, to, modes = '' } = values;
  const duration = Number(values.duration);
  const lengths = stored?.durations[0] === duration ? stored.durations : [duration];
  const bufferAfter = Number(values.bufferAfter ?? 0);
  const { worksOnHolidays: _works, bufferAfter: _buffer, ...kept } = stored ?? {};
  return {
    ...kept,
    ...{ id, site, psychologist, firstDate, from },
    to: to === '23:59' ? '24:00' : to,
    lastDate: lastDate === '' ? null : lastDate,
    recurrence: recurrenceFrom(values, stored),
    modes: modes.split(',').filter((mode) => mode !== ''),
    durations: lengths,
    ...(values.holidays === 'works' ? { worksOnHolidays: true } : {}),
    ...(bufferAfter === 0 ? {} : { bufferAfter }),
  };
}

function recurrenceFrom(
  { recurs, weekdays = '', firstDate = '' }: Readonly<Record<string, string>>,
  stored: AvailabilityRule | undefined,
): AvailabilityRule['recurrence'] {
  if (recurs === 'once') return { kind: 'once' };
  if (recurs === 'other' && stored !== undefined) return stored.recurrence;
  const chosen = weekdays
    .split(',')
    .filter((day) => day !== '')
    .map(Number);
  const days = chosen.length === 0 && firstDate !== '' ? [weekdayOf(dayNumber(firstDate))] : chosen;
  return { kind: 'weekly', every: recurs === 'fortnightly' ? 2 : 1, weekdays: days };
}
