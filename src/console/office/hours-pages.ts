import { z } from 'zod';
import type { HoursEntry, HoursSaved } from '../../opening-hours/hours-editor.js';
import {
  exceptionSchema,
  type HoursKey,
  LINE_SERVICES,
  MOST_EXCEPTIONS,
  type OpeningHours,
  TERRITORIES,
  WEEKDAYS,
  type WeeklyHours,
} from '../../opening-hours/opening-hours.js';
import { conflictView } from '../diary/conflict-view.js';
import { emptyForm, type FormState, formValues } from '../diary/form-fields.js';
import { type ConsoleFrame, parseForm } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { hoursValues, readHours, readRanges } from './hours-form.js';
import { entryAddress, hoursListView, hoursView } from './hours-view.js';
import { hoursDescribed } from './hours-words.js';
import { officeNav } from './office-nav.js';
import { editorNames, OFFICE_SAID, OFFICE_STYLES, type OfficeParts } from './office-parts.js';
import { zoneOf } from './territories.js';

const keySchema = z.object({
  service: z.enum(LINE_SERVICES),
  territory: z.string().refine((place) => TERRITORIES.includes(place)),
});
const editSchema = keySchema.extend({ version: z.coerce.number().int().min(0) });

/** When each service answers, where; heard by callers within a minute. */
export function addHours(parts: OfficeParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  const { hoursEditor } = parts;
  const title = t('staff-office.hours.title');

  routes.page('/horaires', 'hours:edit', async (staff) => {
    const content = hoursListView(t, officeNav(t, staff.account, 'hours'), await hoursEditor.list());
    frame.show(staff, { title, content, styles: OFFICE_STYLES }, OFFICE_SAID);
  });

  async function entryOf({ service, territory }: HoursKey): Promise<HoursEntry> {
    const found = (await hoursEditor.list()).find(
      (entry) => entry.service === service && entry.territory === territory,
    );
    return found ?? { service, territory, version: 0, hours: null };
  }

  async function showOne(
    staff: StaffRequest,
    key: HoursKey,
    forms: { form?: FormState; exceptionForm?: FormState } = {},
  ): Promise<void> {
    const entry = await entryOf(key);
    const content = hoursView({
      ...{ t, csrf: staff.csrf, nav: officeNav(t, staff.account, 'hours'), entry },
      form: forms.form ?? { values: hoursValues(entry.hours ?? blank(key)), faults: [] },
      exceptionForm: forms.exceptionForm ?? emptyForm,
      history: await hoursEditor.history(key),
      nameOf: await editorNames(parts, t),
    });
    frame.show(staff, { title, content, styles: OFFICE_STYLES }, OFFICE_SAID);
  }

  routes.page('/horaires/entree', 'hours:edit', (staff) =>
    showOne(staff, parseForm(keySchema, staff.request.query)),
  );

  function showConflict(
    staff: StaffRequest,
    { entry, wanted, values }: { entry: HoursEntry; wanted: OpeningHours; values: Record<string, string> },
  ): void {
    staff.response.status(409);
    const content = conflictView(t, {
      stored: entry.hours === null ? null : hoursDescribed(t, entry.hours),
      wanted: hoursDescribed(t, wanted),
      again: {
        action: '/console/horaires/entree',
        fields: { ...values, version: String(entry.version), csrf: staff.csrf },
      },
      back: entryAddress(entry),
    });
    frame.show(staff, { title: t('staff-diary.conflict.title'), content, styles: OFFICE_STYLES });
  }

  routes.form('/horaires/entree', 'hours:edit', async (staff) => {
    const edit = parseForm(editSchema, staff.request.body);
    const values = formValues(staff.request.body);
    const { hours: stored } = await entryOf(edit);
    const read = readHours(values, edit, stored?.exceptions ?? []);
    if (read.kind === 'faults') {
      staff.response.status(400);
      return showOne(staff, edit, { form: { values, faults: read.fields } });
    }
    const saved = await hoursEditor.save({ ...edit, hours: read.hours, by: staff.account.id });
    if (saved.kind === 'conflict')
      return showConflict(staff, { entry: saved.entry, wanted: read.hours, values });
    if (saved.kind === 'saved') return staff.response.redirect(303, `${entryAddress(edit)}&said=saved`);
    staff.response.status(400);
    return showOne(staff, edit, { form: { values, faults: ['zone'] } });
  });

  /** Small acts on what stands; whoever was slower looks again before they decide. */
  const answer = (staff: StaffRequest, key: HoursKey, saved: HoursSaved): void => {
    const said = saved.kind === 'saved' ? 'saved' : 'edited-meanwhile';
    staff.response.redirect(303, `${entryAddress(key)}&said=${said}`);
  };

  routes.form('/horaires/exception', 'hours:edit', async (staff) => {
    const edit = parseForm(editSchema, staff.request.body);
    const values = formValues(staff.request.body);
    const exception = { from: values.from, to: values.to, hours: readRanges(values.hours ?? '') };
    const read = exceptionSchema.safeParse(exception);
    const { hours } = await entryOf(edit);
    if (!read.success || hours === null || hours.exceptions.length >= MOST_EXCEPTIONS) {
      staff.response.status(400);
      return showOne(staff, edit, { exceptionForm: { values, faults: faultsOf(read.error) } });
    }
    const exceptions = [...hours.exceptions, read.data];
    answer(
      staff,
      edit,
      await hoursEditor.save({ ...edit, hours: { ...hours, exceptions }, by: staff.account.id }),
    );
  });

  routes.form('/horaires/exception/retirer', 'hours:edit', async (staff) => {
    const schema = editSchema.extend({ index: z.coerce.number().int().min(0).max(MOST_EXCEPTIONS) });
    const { index, ...edit } = parseForm(schema, staff.request.body);
    const { hours } = await entryOf(edit);
    const exceptions = hours?.exceptions.filter((_one, at) => at !== index) ?? [];
    const changed = hours === null ? null : { ...hours, exceptions };
    answer(staff, edit, await hoursEditor.save({ ...edit, hours: changed, by: staff.account.id }));
  });

  routes.form('/horaires/revenir', 'hours:edit', async (staff) => {
    const schema = editSchema.extend({ to: z.coerce.number().int().min(1) });
    const { to, ...edit } = parseForm(schema, staff.request.body);
    const earlier = (await hoursEditor.history(edit)).find(({ version }) => version === to)?.hours;
    if (earlier === undefined || earlier === null) return staff.response.redirect(303, entryAddress(edit));
    answer(staff, edit, await hoursEditor.save({ ...edit, hours: earlier, by: staff.account.id }));
  });

  routes.form('/horaires/retirer', 'hours:edit', async (staff) => {
    const edit = parseForm(editSchema, staff.request.body);
    if (edit.territory === 'national') return staff.response.redirect(303, entryAddress(edit));
    answer(staff, edit, await hoursEditor.save({ ...edit, hours: null, by: staff.account.id }));
  });
}

const EMPTY_WEEK = Object.fromEntries(WEEKDAYS.map((day) => [day, []])) as unknown as WeeklyHours;

const faultsOf = (error: z.ZodError | undefined): string[] => {
  const fields = (error?.issues ?? []).map(({ path }) => String(path[0] ?? 'to'));
  return fields.length === 0 ? ['hours'] : [...new Set(fields)];
};

const blank = ({ service, territory }: HoursKey): OpeningHours => ({
  ...{ service, territory, zone: zoneOf(territory), weekly: EMPTY_WEEK, holidays: 'closed', exceptions: [] },
});
