import type { Site } from '../../booking/booking.js';
import { markOf } from '../../booking/diary-mark.js';
import { CodedError } from '../../kernel/errors.js';
import { type Id, newId } from '../../kernel/ids.js';
import type { ConsoleFrame } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { conflictView, described } from './conflict-view.js';
import { DIARY_SAID, type DiaryParts } from './diary-parts.js';
import { type FormState, formValues } from './form-fields.js';
import { siteListView, siteView } from './site-view.js';

const COMPARED = ['name', 'kind', 'department', 'address', 'accessibility', 'zone'];

/** The places where people are met, and the telephone. */
export function addSites(parts: DiaryParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  const { diaryEditor } = parts;

  routes.page('/sites', 'diary:see', async (staff) => {
    const content = siteListView(t, await diaryEditor.read());
    frame.show(staff, { title: t('staff-diary.sites.title'), content, styles: ['diary.css'] }, DIARY_SAID);
  });

  async function showOne(staff: StaffRequest, site: Site | undefined, form: FormState): Promise<void> {
    const diary = await diaryEditor.read();
    const mark = site === undefined ? '' : markOf(site);
    const content = siteView({ t, csrf: staff.csrf, diary }, { site, mark, form });
    const title = site?.name ?? t('staff-diary.sites.new');
    frame.show(staff, { title, content, styles: ['diary.css'] }, DIARY_SAID);
  }

  routes.page('/sites/nouveau', 'diary:edit', (staff) =>
    showOne(staff, undefined, { values: { zone: 'Europe/Paris', kind: 'eae' }, faults: [] }),
  );
  routes.page('/sites/:id', 'diary:see', async (staff) => {
    const site = (await diaryEditor.read()).sites.find(({ id }) => id === staff.request.params.id);
    if (site === undefined) throw new CodedError('not-found', 'There is no such site.');
    await showOne(staff, site, { values: valuesOf(site), faults: [] });
  });

  routes.form('/sites', 'diary:edit', async (staff) => {
    const values = formValues(staff.request.body);
    const id = values.id || newId<Id<'site'>>(parts.random);
    const outcome = await diaryEditor.save(staff.account.id, {
      kind: 'site',
      mark: values.mark ?? '',
      value: siteOf({ ...values, id }),
    });
    const { response } = staff;
    if (outcome.kind === 'invalid') {
      const site = (await diaryEditor.read()).sites.find((one) => one.id === values.id);
      response.status(400);
      return showOne(staff, site, { values, faults: outcome.fields });
    }
    if (outcome.kind !== 'conflict') return response.redirect(303, `/console/sites/${id}?said=saved`);
    const { stored, wanted } = outcome;
    const mark = stored === null ? '' : markOf(stored);
    response.status(409);
    const content = conflictView(t, {
      stored: stored === null ? null : described(t, stored, COMPARED),
      wanted: wanted === null ? [] : described(t, wanted, COMPARED),
      again: { action: '/console/sites', fields: { ...values, mark, id, csrf: staff.csrf } },
      back: `/console/sites/${id}`,
    });
    frame.show(staff, { title: t('staff-diary.conflict.title'), content, styles: ['diary.css'] });
  });
}

const valuesOf = (site: Site): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(site).map(([name, value]) => [name, String(value)])),
  goodFriday: site.goodFriday === false ? 'works' : 'closed',
});

/** Only Alsace-Moselle has a Good Friday to speak of. */
const GOOD_FRIDAY_DEPARTMENTS = ['57', '67', '68'];

function siteOf(values: Record<string, string>): Record<string, unknown> {
  const { id, kind, name, department = '', address = '', accessibility = '', zone, goodFriday } = values;
  const site = { id, kind, name, department: department.toUpperCase(), address, accessibility, zone };
  return GOOD_FRIDAY_DEPARTMENTS.includes(department) && goodFriday === 'works'
    ? { ...site, goodFriday: false }
    : site;
}
