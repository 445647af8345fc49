import type { Account } from '../../accounts/account.js';
import type { Psychologist } from '../../booking/booking.js';
import { markOf } from '../../booking/diary-mark.js';
import { CodedError } from '../../kernel/errors.js';
import { type Id, newId } from '../../kernel/ids.js';
import type { ConsoleFrame } from '../frame.js';
import type { StaffRequest, StaffRoutes } from '../staff-routes.js';
import { conflictView, described } from './conflict-view.js';
import { DIARY_SAID, type DiaryParts } from './diary-parts.js';
import { emptyForm, type FormState, formValues } from './form-fields.js';
import { psychologistListView, psychologistView } from './psychologist-view.js';

/** Who is met, where and when, and the staff account that goes with the name. */
export function addPsychologists(parts: DiaryParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  const { diaryEditor, accounts } = parts;
  /** One id in the diary and in the accounts (product.md, "Who uses it"). */
  const psychologistAccounts = async (): Promise<Account[]> =>
    (await accounts.list()).filter(({ roles }) => roles.includes('psychologist'));

  routes.page('/psychologues', 'diary:see', async (staff) => {
    const content = psychologistListView(t, await diaryEditor.read(), await psychologistAccounts());
    const title = t('staff-diary.psychologists.title');
    frame.show(staff, { title, content, styles: ['diary.css'] }, DIARY_SAID);
  });

  async function showOne(staff: StaffRequest, person: Psychologist | undefined, form: FormState) {
    const [diary, all] = await Promise.all([diaryEditor.read(), psychologistAccounts()]);
    const view = { t, csrf: staff.csrf, diary };
    const mark = person === undefined ? '' : markOf(person);
    const content = psychologistView(view, { person, mark, form, accounts: all });
    const title = person?.label ?? t('staff-diary.psychologists.new');
    frame.show(staff, { title, content, styles: ['diary.css'] }, DIARY_SAID);
  }

  routes.page('/psychologues/nouveau', 'diary:edit', (staff) => showOne(staff, undefined, emptyForm));
  routes.page('/psychologues/:id', 'diary:see', async (staff) => {
    const person = (await diaryEditor.read()).psychologists.find(({ id }) => id === staff.request.params.id);
    if (person === undefined) throw new CodedError('not-found', 'There is no such psychologist.');
    await showOne(staff, person, { values: { label: person.label }, faults: [] });
  });

  routes.form('/psychologues', 'diary:edit', async (staff) => {
    const values = formValues(staff.request.body);
    const id = values.id || values.account || newId<Id<'psychologist'>>(parts.random);
    const outcome = await diaryEditor.save(staff.account.id, {
      kind: 'psychologist',
      mark: values.mark ?? '',
      value: { id, label: values.label ?? '' },
    });
    const { response } = staff;
    if (outcome.kind === 'invalid') {
      const person = (await diaryEditor.read()).psychologists.find((one) => one.id === values.id);
      response.status(400);
      return showOne(staff, person, { values, faults: outcome.fields });
    }
    if (outcome.kind !== 'conflict') return response.redirect(303, `/console/psychologues/${id}?said=saved`);
    const { stored, wanted } = outcome;
    response.status(409);
    const content = conflictView(t, {
      stored: stored === null ? null : described(t, stored, ['label']),
      wanted: wanted === null ? [] : described(t, wanted, ['label']),
      again: {
        action: '/console/psychologues',
        fields: { ...values, id, mark: stored === null ? '' : markOf(stored), csrf: staff.csrf },
      },
      back: `/console/psychologues/${id}`,
    });
    frame.show(staff, { title: t('staff-diary.conflict.title'), content, styles: ['diary.css'] });
  });
}
