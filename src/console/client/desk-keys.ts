/** Shortcuts of one key, none of which fires while something is written or chosen. */
export function watchKeys(desk: HTMLElement): void {
  const sheet = document.getElementById('cheat-sheet') as HTMLDialogElement | null;
  const button = document.getElementById('keys');
  if (button !== null) button.hidden = false;
  button?.addEventListener('click', () => sheet?.showModal());
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && isWriting(event.target)) {
      (event.target as HTMLElement).blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || sheet?.open === true)
      return;
    const act = ACTS[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act(desk, sheet);
  });
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;

type Act = (desk: HTMLElement, sheet: HTMLDialogElement | null) => void;

const focusOn = (selector: string): void => document.querySelector<HTMLElement>(selector)?.focus();
const press = (key: string): void =>
  document
    .querySelector<HTMLElement>(`#vital button[data-key="${key}"], #panel button[data-key="${key}"]`)
    ?.click();
const choose = (key: string): void => focusOn(`#panel select[data-key="${key}"]`);

const ACTS: Readonly<Record<string, Act>> = {
  '?': (_desk, sheet) => sheet?.showModal(),
  j: (desk) => step(desk, 1),
  k: (desk) => step(desk, -1),
  o: () =>
    (document.activeElement as HTMLElement | null)?.closest<HTMLElement>('.row')?.querySelector('a')?.click(),
  g: () => focusOn('#rows a'),
  p: () => press('p'),
  r: () => focusOn('#text'),
  n: () => focusOn('#note'),
  t: () => choose('t'),
  c: () => choose('c'),
  b: () => choose('b'),
};

/** From the row in focus, else from the conversation that is open. */
function step(desk: HTMLElement, by: number): void {
  const links = [...document.querySelectorAll<HTMLElement>('#rows a')];
  const focused = links.indexOf(document.activeElement as HTMLElement);
  const open = links.findIndex((link) => link.closest('.row')?.id === `row-${desk.dataset.viewing}`);
  const from = focused >= 0 ? focused : open;
  links[Math.min(links.length - 1, Math.max(0, from + by))]?.focus();
}
