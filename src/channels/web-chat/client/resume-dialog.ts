import { find } from './element.js';
import type { Session } from './session.js';
import { word } from './words.js';

export interface ResumeParts {
  /** The code of the conversation on this page, if it has one. */
  code: () => string | undefined;
  take: (code: string) => Promise<Session | 'unknown' | 'failed'>;
  taken: (session: Session) => void;
}

/** Shows the code with which this conversation is taken up elsewhere, and takes that of another. */
export function installResumeDialog({ code, take, taken }: ResumeParts): void {
  const dialog = find<HTMLDialogElement>('resume-dialog');
  const given = find<HTMLInputElement>('resume-given');
  const alarm = find('resume-alert');

  find('resume').addEventListener('click', () => {
    const mine = code();
    find('resume-mine').hidden = mine === undefined;
    find('resume-code').textContent = mine ?? '';
    alarm.textContent = '';
    given.value = '';
    dialog.showModal();
  });
  find('resume-close').addEventListener('click', () => dialog.close());
  // What is not shown is not kept in the page.
  dialog.addEventListener('close', () => {
    find('resume-code').textContent = '';
  });
  find('resume-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const outcome = await take(given.value);
    if (typeof outcome === 'string') {
      alarm.textContent = word(outcome === 'unknown' ? 'resume-unknown' : 'lost');
      return;
    }
    dialog.close();
    taken(outcome);
  });
}
