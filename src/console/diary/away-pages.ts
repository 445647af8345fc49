import type { Permission } from '../../accounts/permissions.js';
import type { Absence, Closure } from '../../booking/booking.js';
import type { AwayKind } from '../../booking/diary-editor.js';
import type { Diary } from '../../booking/diary-store.js';
import { CodedError } from '../../kernel/errors.js';
import { type Id, newId } from '../../kernel/ids.js';
import type { ConsoleFrame } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { awayFormView, hitsView } from './away-form-view.js';
import type { DiaryParts } from './diary-parts.js';
import { type FormState, formValues } from './form-fields.js';

/** Whose times are closed: a psychologist's absence, a site's closure, and the pages where that is said. */
export interface AwayArea {
  kind: AwayKind;
  /** Below `/console`: the form is at `<path>/nouvelle`. */
  path: '/absences' | '/fermetures' | '/mes-absences';
  /** Name of the parameter that says whose it is. */
  parameter: 'psychologue' | 'site';
  permission: Permission;
  /** The one it may be about, whatever the form says; `undefined`: anyone of the diary. */
  only?: (staff: StaffRequest) => string;
  back: (owner: string) => string;
}

export const AWAY_AREAS: readonly AwayArea[] = [
  {
    ...{ kind: 'absence', path: '/absences', parameter: 'psychologue', permission: 'diary:edit' },
    back: (owner) => `/console/psychologues/${owner}`,
  },
  {
    ...{ kind: 'closure', path: '/fermetures', parameter: 'site', permission: 'diary:edit' },
    back: (owner) => `/console/sites/${owner}`,
  },
];

/** Being away: the appointments it falls on are shown before anything is saved. */
export function addAway(
  { parts, frame, routes }: { parts: DiaryParts; frame: ConsoleFrame; routes: StaffRoutes },
  area: AwayArea,
): void {
  const { t } = frame;
  const { diaryEditor, planning } = parts;
  const title = t(`staff-diary.${area.kind}s.new`);

  function ownerOf(
    staff: StaffRequest,
    diary: Diary,
    given: unknown,
  ): { id: string; name: string; zone: string } {
    const id = area.only?.(staff) ?? String(given ?? '');
    const owner = area.kind === 'absence' ? psychologistIn(diary, id) : siteIn(diary, id);
    if (owner === undefined) throw new CodedError('not-found', 'There is nobody of that name in the diary.');
    return owner;
  }

  function showForm(staff: StaffRequest, owner: { id: string; name: string }, form: FormState): void {
    const { path, parameter, back } = area;
    const content = awayFormView(t, {
      ...area,
      csrf: staff.csrf,
      owner,
      form,
      action: `/console${path}`,
      parameter,
      title,
      back: back(owner.id),
    });
    frame.show(staff, { title, content, styles: ['diary.css'] });
  }

  routes.page(`${area.path}/nouvelle`, area.permission, async (staff) => {
    const { query } = staff.request;
    const owner = ownerOf(staff, await diaryEditor.read(), query[area.parameter]);
    const date = String(query.date ?? '');
    showForm(staff, owner, {
      values: { firstDate: date, lastDate: date, from: '00:00', to: '23:59' },
      faults: [],
    });
  });

  routes.form(area.path, area.permission, async (staff) => {
    const values = formValues(staff.request.body);
    const owner = ownerOf(staff, await diaryEditor.read(), values[area.parameter]);
    const value = awayOf(area.kind, owner, { ...values, id: values.id || newId<Id<'away'>>(parts.random) });
    const faults = diaryEditor.faultsOf({ kind: area.kind, value });
    if (faults.length > 0) {
      staff.response.status(400);
      return showForm(staff, owner, { values, faults });
    }
    if (values.confirmed !== 'yes') {
      const hits = await (area.kind === 'absence'
        ? planning.previewAbsence(value)
        : planning.previewClosure(value));
      const { sites } = await diaryEditor.read();
      const content = hitsView(t, {
        ...area,
        csrf: staff.csrf,
        owner,
        value,
        values,
        hits,
        sites,
        title,
        action: `/console${area.path}`,
      });
      return frame.show(staff, { title, content, styles: ['diary.css'] });
    }
    await diaryEditor.addAway(staff.account.id, { kind: area.kind, value });
    staff.response.redirect(303, `${area.back(owner.id)}?said=saved`);
  });

  routes.form(`${area.path}/retirer`, area.permission, async (staff) => {
    const { id = '', mark = '' } = formValues(staff.request.body);
    const diary = await diaryEditor.read();
    const entry =
      area.kind === 'absence'
        ? diary.absences.find((one) => one.id === id)
        : diary.closures.find((one) => one.id === id);
    const owner = entry === undefined ? undefined : 'psychologist' in entry ? entry.psychologist : entry.site;
    if (area.only !== undefined && owner !== area.only(staff))
      throw new CodedError('forbidden', 'This absence is not yours.');
    const outcome = await diaryEditor.remove(staff.account.id, { kind: area.kind, id, mark });
    const said = outcome.kind === 'conflict' ? 'changed-meanwhile' : 'removed';
    staff.response.redirect(303, `${area.back(owner ?? '')}?said=${said}`);
  });
}

function awayOf(
  kind: AwayKind,
  owner: { id: string; zone: string },
  { id, firstDate = '', lastDate = '', from = '', to = '' }: Record<string, string>,
): Omit<Absence, 'psychologist' | 'id'> | Omit<Closure, 'site' | 'id'> {
  const last = lastDate === '' ? firstDate : lastDate;
  const days =
    last === firstDate
      ? ({ recurrence: { kind: 'once' }, firstDate, lastDate: null } as const)
      : ({ recurrence: { kind: 'daily', every: 1 }, firstDate, lastDate: last } as const);
  // A time field has no 24:00.
  const hours = { from, to: to === '23:59' ? '24:00' : to };
  const own = kind === 'absence' ? { psychologist: owner.id, zone: owner.zone } : { site: owner.id };
  return { ...{ id }, ...own, ...days, ...hours };
}

function psychologistIn({ psychologists, rules, sites }: Diary, id: string) {
  const person = psychologists.find((one) => one.id === id);
  if (person === undefined) return undefined;
  const place = rules.find(({ psychologist }) => psychologist === id)?.site;
  const zone = sites.find((site) => site.id === place)?.zone ?? 'Europe/Paris';
  return { id, name: person.label, zone };
}

function siteIn({ sites }: Diary, id: string) {
  const site = sites.find((one) => one.id === id);
  return site === undefined ? undefined : { id, name: site.name, zone: site.zone };
}
