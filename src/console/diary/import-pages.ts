import { SHEET_KINDS, type SheetKind } from '../../booking/diary-columns.js';
import { checkSheet, type RowError, writeSheet } from '../../booking/diary-import.js';
import { rowsOf } from '../../booking/sheet-file.js';
import { CodedError } from '../../kernel/errors.js';
import { asId, type PsychologistId } from '../../kernel/ids.js';
import type { ConsoleFrame } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import type { DiaryParts } from './diary-parts.js';
import { formValues } from './form-fields.js';
import { type ImportPreview, importView, previewView } from './import-view.js';

const isSheet = (kind: string): kind is SheetKind => SHEET_KINDS.some((one) => one === kind);

/** A sheet or a calendar file: what it says is shown first, and written whole or not at all. */
export function addImport(parts: DiaryParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  const { diaryEditor, calendars, stores, audit } = parts;
  const title = t('staff-import.title');

  async function show(
    staff: StaffRequest,
    given: { values: Record<string, string>; fault?: string },
  ): Promise<void> {
    const { psychologists } = await diaryEditor.read();
    const content = importView(t, { csrf: staff.csrf, psychologists, ...given });
    frame.show(staff, { title, content, styles: ['diary.css'], scripts: ['import.js'] }, ['imported']);
  }

  async function previewOf({
    kind = '',
    text = '',
    psychologist = '',
  }: Record<string, string>): Promise<ImportPreview> {
    const diary = await diaryEditor.read();
    if (kind === 'calendar') {
      const times = calendars.readBusy({ text, zone: 'Europe/Paris' });
      const name = diary.psychologists.find(({ id }) => id === psychologist)?.label;
      if (name === undefined) throw new CodedError('invalid-input', 'Choose a psychologist of the diary.');
      return { kind, name, times };
    }
    if (!isSheet(kind)) throw new CodedError('invalid-input', 'Choose what the file holds.');
    const { accepted, errors } = checkSheet(kind, rowsOf(kind, text), diary);
    return { kind, accepted: accepted.length, errors };
  }

  const write = async (
    staff: StaffRequest,
    { kind = '', text = '', psychologist = '' }: Record<string, string>,
  ) => {
    if (kind === 'calendar')
      await calendars.importBusy(asId<PsychologistId>(psychologist), { text, zone: 'Europe/Paris' });
    if (isSheet(kind)) {
      const { accepted, errors } = checkSheet(kind, rowsOf(kind, text), await diaryEditor.read());
      if (errors.length > 0)
        throw new CodedError('conflict', 'The diary has changed; look at the file again.');
      await writeSheet(stores.diary, kind, accepted);
    }
    await audit.record({
      by: staff.account.id,
      act: 'diary-imported',
      on: kind === 'calendar' ? psychologist : kind,
    });
  };

  routes.page('/import', 'diary:edit', (staff) => show(staff, { values: { kind: 'availability' } }));

  routes.form('/import', 'diary:edit', async (staff) => {
    const values = formValues(staff.request.body);
    let preview: ImportPreview;
    try {
      preview = await previewOf(values);
    } catch (error) {
      if (!(error instanceof CodedError) || error.code !== 'invalid-input') throw error;
      staff.response.status(400);
      return show(staff, { values, fault: t('staff-import.unreadable') });
    }
    const errors: readonly RowError[] = 'errors' in preview ? preview.errors : [];
    if (values.confirmed === 'yes' && errors.length === 0) {
      await write(staff, values);
      return staff.response.redirect(303, '/console/import?said=imported');
    }
    const content = previewView(t, { csrf: staff.csrf, values, preview });
    frame.show(staff, { title, content, styles: ['diary.css'] });
  });
}
