import { z } from 'zod';
import type { AvailabilityRule } from '../../booking/booking.js';
import { type EditOutcome, entryIn, type OccurrenceEdit } from '../../booking/diary-editor.js';
import { markOf } from '../../booking/diary-mark.js';
import type { Diary } from '../../booking/diary-store.js';
import { weekFrom } from '../../booking/week-items.js';
import { CodedError } from '../../kernel/errors.js';
import { asId, type SiteId } from '../../kernel/ids.js';
import { type ConsoleFrame, parseForm } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { address, weekAddress } from './addresses.js';
import { namesIn, openingAddress } from './calendar-events.js';
import { conflictView } from './conflict-view.js';
import type { DiaryParts } from './diary-parts.js';
import { type FormState, formValues } from './form-fields.js';
import { openingView, uncoveredView } from './opening-view.js';
import { ruleInWords } from './rule-words.js';

const date = z.iso.date();

/** One opening of the week: moved, shortened or taken out, this time or from then on. */
export function addOpenings(parts: DiaryParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  const { diaryEditor } = parts;
  const title = t('staff-diary.opening.title');
  const styles = ['diary.css'];

  function show(staff: StaffRequest, given: { diary: Diary; rule: AvailabilityRule; form: FormState }): void {
    const names = namesIn(given.diary);
    const content = openingView(t, {
      csrf: staff.csrf,
      rule: given.rule,
      mark: given.form.values.mark ?? markOf(given.rule),
      site: names.site(given.rule.site),
      psychologist: names.psychologist(given.rule.psychologist),
      form: given.form,
    });
    frame.show(staff, { title, content, styles });
  }

  async function ruleOf(
    values: Readonly<Record<string, string>>,
  ): Promise<{ diary: Diary; rule: AvailabilityRule }> {
    const diary = await diaryEditor.read();
    const ref = { kind: 'rule', id: values.rule ?? '', site: asId<SiteId>(values.site ?? '') } as const;
    const rule = entryIn(diary, ref) as AvailabilityRule | undefined;
    if (rule === undefined) throw new CodedError('not-found', 'This opening is no longer in the diary.');
    return { diary, rule };
  }

  /** Dragging in the calendar fills in `toDate`, `from` and `to`. */
  routes.page('/agenda/ouverture', 'diary:edit', async (staff) => {
    const query = formValues(staff.request.query);
    const { diary, rule } = await ruleOf(query);
    const day = parseForm(date, query.date);
    const hours = rule.exceptions?.find((exception) => exception.date === day)?.hours ?? rule;
    const values = { toDate: day, from: hours.from, to: hours.to, scope: 'once', ...query };
    show(staff, { diary, rule, form: { values, faults: [] } });
  });

  async function answer(
    staff: StaffRequest,
    { outcome, values }: { outcome: EditOutcome; values: Record<string, string> },
  ) {
    const { response } = staff;
    if (outcome.kind === 'invalid') {
      const { diary, rule } = await ruleOf(values);
      response.status(400);
      return show(staff, { diary, rule, form: { values, faults: outcome.fields } });
    }
    if (outcome.kind !== 'conflict') {
      const day = weekFrom(values.toDate || values.date || '1970-01-01').from;
      return response.redirect(
        303,
        `${weekAddress({ site: asId<SiteId>(values.site ?? '') }, day)}&said=saved`,
      );
    }
    const stored = outcome.stored as AvailabilityRule | null;
    response.status(409);
    const content = conflictView(t, {
      stored: stored === null ? null : [[t('staff-diary.opening.title'), ruleInWords(t, stored)]],
      wanted: [[t('staff-diary.opening.title'), wishInWords(values)]],
      again:
        stored === null
          ? undefined
          : {
              action: '/console/agenda/ouverture',
              fields: { ...values, mark: markOf(stored), csrf: staff.csrf },
            },
      back:
        stored === null
          ? '/console/agenda'
          : openingAddress({ rule: stored, date: values.date ?? '' }, markOf(stored)),
    });
    frame.show(staff, { title: t('staff-diary.conflict.title'), content, styles });
  }

  const wishInWords = (values: Record<string, string>): string =>
    values.act === 'remove'
      ? t('staff-diary.opening.removed', { date: values.date ?? '' })
      : t('staff-diary.opening.wish', {
          date: values.toDate ?? '',
          from: values.from ?? '',
          to: values.to ?? '',
        });

  routes.form('/agenda/ouverture', 'diary:edit', async (staff) => {
    const values = formValues(staff.request.body);
    const edit = editOf(values);
    if (edit === undefined)
      return answer(staff, { outcome: { kind: 'invalid', fields: ['toDate'] }, values });
    const hits = values.confirmed === 'yes' ? [] : await diaryEditor.uncovered(edit);
    if (hits.length > 0) {
      const { sites } = await diaryEditor.read();
      const back = address('/console/agenda/ouverture', {
        site: values.site,
        rule: values.rule,
        date: values.date,
      });
      const content = uncoveredView(t, {
        action: '/console/agenda/ouverture',
        hits,
        sites,
        fields: { ...values, confirmed: 'yes', csrf: staff.csrf },
        back,
      });
      return frame.show(staff, { title, content, styles });
    }
    return answer(staff, { outcome: await diaryEditor.changeOccurrence(staff.account.id, edit), values });
  });
}

function editOf(values: Readonly<Record<string, string>>): OccurrenceEdit | undefined {
  const { site = '', rule = '', mark = '', from = '', to = '', act } = values;
  const day = date.safeParse(values.date);
  const target = date.safeParse(values.toDate);
  if (!day.success || (act !== 'remove' && !target.success)) return undefined;
  return {
    ...{ site: asId<SiteId>(site), rule, mark, date: day.data },
    scope: values.scope === 'onwards' ? 'onwards' : 'once',
    to: act === 'remove' ? null : { date: target.data ?? day.data, from, to: to === '23:59' ? '24:00' : to },
  };
}
