import { z } from 'zod';
import type { DirectoryEntry, DirectorySaved } from '../../directory/directory-editor.js';
import { directoryHealth } from '../../directory/directory-table.js';
import { SERVICE_KINDS, type Service } from '../../directory/service.js';
import { servicesToCsv } from '../../directory/service-csv.js';
import { CodedError } from '../../kernel/errors.js';
import { asId, type ServiceId } from '../../kernel/ids.js';
import { parisDay } from '../../reporting/paris-day.js';
import { conflictView } from '../diary/conflict-view.js';
import { type FormState, formValues } from '../diary/form-fields.js';
import { type ConsoleFrame, parseForm } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { EMPTY_SERVICE, faultsIn, serviceOf, serviceValues } from './directory-form.js';
import { directoryEntryView, directoryListView, PLACES } from './directory-view.js';
import { serviceDescribed } from './directory-words.js';
import { officeNav } from './office-nav.js';
import { editorNames, OFFICE_SAID, OFFICE_STYLES, type OfficeParts } from './office-parts.js';

const idSchema = z.string().regex(/^[a-z0-9-]{2,80}$/);
const editSchema = z.object({ id: idSchema, version: z.coerce.number().int().min(0) });
const newSchema = z.object({ kind: z.enum(SERVICE_KINDS), academy: z.enum(PLACES) });
const placeSchema = z.enum(PLACES);

/** What callers are told of each service, who changed it when, and what is missing where. */
export function addDirectory(parts: OfficeParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  const { directoryEditor, clock, stores } = parts;
  const title = t('staff-office.directory.title');
  const address = (id: string): string => `/console/annuaire/entree/${id}`;
  const today = (): string => parisDay(clock.now());

  routes.page('/annuaire', 'directory:edit', async (staff) => {
    const place = placeSchema.safeParse(staff.request.query.place).data;
    const entries = await directoryEditor.list();
    const services = entries.flatMap(({ service }) => service ?? []);
    const content = directoryListView(t, {
      ...{ services, place, today: today(), health: directoryHealth(services, today()) },
      nav: officeNav(t, staff.account, 'directory'),
      withdrawn: entries.filter(({ service }) => service === null),
      gaps: await stores.directoryGaps.ofMonth(today().slice(0, 7)),
    });
    frame.show(staff, { title, content, styles: OFFICE_STYLES, wide: true }, OFFICE_SAID);
  });

  routes.page('/annuaire/export.csv', 'directory:edit', async ({ response }) => {
    response.attachment('annuaire.csv').send(servicesToCsv(await directoryEditor.exported()));
  });
  routes.page('/annuaire/export.json', 'directory:edit', async ({ response }) => {
    response.attachment('annuaire.json').send(JSON.stringify(await directoryEditor.exported(), null, 2));
  });

  async function showOne(
    staff: StaffRequest,
    { entry, form }: { entry: DirectoryEntry | undefined; form: FormState },
  ): Promise<void> {
    const content = directoryEntryView({
      ...{ t, csrf: staff.csrf, nav: officeNav(t, staff.account, 'directory'), today: today(), entry, form },
      history: entry === undefined ? [] : await directoryEditor.history(entry.serviceId),
      nameOf: await editorNames(parts, t),
    });
    frame.show(staff, { title, content, styles: OFFICE_STYLES }, OFFICE_SAID);
  }

  const find = (id: string): Promise<DirectoryEntry | undefined> => directoryEditor.get(asId<ServiceId>(id));

  /** What a withdrawn entry said before. */
  const lastOf = async (id: ServiceId): Promise<Service | undefined> =>
    (await directoryEditor.history(id)).flatMap(({ service }) => service ?? [])[0];

  routes.page('/annuaire/nouveau', 'directory:edit', (staff) => {
    const academy = placeSchema.safeParse(staff.request.query.place).data ?? 'national';
    return showOne(staff, { entry: undefined, form: { values: { ...EMPTY_SERVICE, academy }, faults: [] } });
  });
  routes.page('/annuaire/entree/:id', 'directory:edit', async (staff) => {
    const entry = await find(String(staff.request.params.id));
    if (entry === undefined) throw new CodedError('not-found', 'The directory has no such entry.');
    const last = entry.service ?? (await lastOf(entry.serviceId));
    const values = last === undefined ? EMPTY_SERVICE : serviceValues(last);
    await showOne(staff, { entry, form: { values, faults: [] } });
  });

  /** An entry that is added is named after what it is and where. */
  async function freeId({ kind, academy }: z.infer<typeof newSchema>): Promise<string> {
    const taken = new Set<string>((await directoryEditor.list()).map(({ serviceId }) => serviceId));
    const name = `${academy}-${kind}`;
    for (let count = 2; taken.has(name) && count < 1_000; count += 1)
      if (!taken.has(`${name}-${count}`)) return `${name}-${count}`;
    return name;
  }

  routes.form('/annuaire', 'directory:edit', async (staff) => {
    const values = formValues(staff.request.body);
    const edit = values.id
      ? parseForm(editSchema, values)
      : { id: await freeId(parseForm(newSchema, values)), version: 0 };
    const wanted = serviceOf(edit.id, values);
    const { response } = staff;
    const faults = faultsIn(wanted, values);
    if (faults.length > 0) {
      response.status(400);
      return showOne(staff, { entry: await find(edit.id), form: { values, faults } });
    }
    const serviceId = asId<ServiceId>(edit.id);
    const { version } = edit;
    const saved = await directoryEditor.save({ serviceId, version, service: wanted, by: staff.account.id });
    if (saved.kind === 'saved') return response.redirect(303, `${address(edit.id)}?said=saved`);
    if (saved.kind !== 'conflict') throw new CodedError('invalid-input', 'The entry is not complete.');
    const { entry } = saved;
    response.status(409);
    const content = conflictView(t, {
      stored: entry.service === null ? null : serviceDescribed(t, entry.service),
      wanted: serviceDescribed(t, wanted as Service),
      again: {
        action: '/console/annuaire',
        fields: { ...values, id: edit.id, version: String(entry.version), csrf: staff.csrf },
      },
      back: address(edit.id),
    });
    frame.show(staff, { title: t('staff-diary.conflict.title'), content, styles: OFFICE_STYLES });
  });

  /** Small acts on what stands; whoever was slower looks again before they decide. */
  const answer = ({ response }: StaffRequest, id: string, { kind }: DirectorySaved): void => {
    const said = kind === 'conflict' ? 'edited-meanwhile' : kind === 'saved' ? 'saved' : 'no-version';
    response.redirect(303, `${address(id)}?said=${said}`);
  };

  routes.form('/annuaire/retirer', 'directory:edit', async (staff) => {
    const { id, version } = parseForm(editSchema, staff.request.body);
    const edit = { serviceId: asId<ServiceId>(id), version, service: null, by: staff.account.id };
    answer(staff, id, await directoryEditor.save(edit));
  });
  routes.form('/annuaire/revenir', 'directory:edit', async (staff) => {
    const schema = editSchema.extend({ to: z.coerce.number().int().min(0) });
    const { id, version, to } = parseForm(schema, staff.request.body);
    const edit = { serviceId: asId<ServiceId>(id), version, to, by: staff.account.id };
    answer(staff, id, await directoryEditor.revert(edit));
  });
}
