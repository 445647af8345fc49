import type { Accounts } from '../../accounts/accounts.js';
import type { DiaryEditor } from '../../booking/diary-editor.js';
import type { WaitingList } from '../../booking/waiting-list.js';
import type { Clock } from '../../kernel/clock.js';
import type { HoursEditor } from '../../opening-hours/hours-editor.js';
import type { Word } from '../layout.js';
import type { CallbackActs } from './callback-pages.js';

/** What the pages about the service itself stand on. */
export interface OfficeParts {
  accounts: Pick<Accounts, 'list'>;
  clock: Clock;
  hoursEditor: HoursEditor;
  callbacks: CallbackActs;
  waiting: Pick<WaitingList, 'lines'>;
  diaryEditor: DiaryEditor;
}

/** What an act here may lead to: `console.said.<code>`. */
export const OFFICE_SAID = ['saved', 'removed', 'edited-meanwhile'];

export const OFFICE_STYLES = ['diary.css', 'office.css'];

/** Who edited, for a history: a name of the accounts, or the way an edit came. */
export async function editorNames(
  { accounts }: Pick<OfficeParts, 'accounts'>,
  t: Word,
): Promise<(staff: string) => string> {
  const names = new Map<string, string>((await accounts.list()).map(({ id, pseudonym }) => [id, pseudonym]));
  return (staff) =>
    names.get(staff) ?? t(staff === 'command-line' ? 'staff-office.by-file' : 'staff-office.by-former');
}
