const PRESSES = 3;
const WITHIN_MS = 5_000;

export interface QuickExitParts {
  link: HTMLElement;
  address: string;
  leave: () => void;
  /** Says how many presses are left. */
  announce: (left: number) => void;
}

/**
 * The page goes blank at once and another is on its way before the service is told. Shift pressed alone three times does
 * the same.
 */
export function installQuickExit({ link, address, leave, announce }: QuickExitParts): void {
  const root = document.documentElement;
  const exit = (): void => {
    root.classList.add('gone');
    location.replace(address);
    leave();
  };
  link.addEventListener('click', (event) => {
    event.preventDefault();
    exit();
  });
  countPresses((left) => (left === 0 ? exit() : announce(left)));
  // Back from the other site: a page kept in memory is blank, and is asked for again.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted && root.classList.contains('gone')) location.reload();
  });
}

/** A press counts when nothing else was pressed meanwhile: capitals are not presses. */
function countPresses(pressed: (left: number) => void): void {
  let alone = false;
  let presses = 0;
  let last = 0;
  addEventListener('keydown', ({ key, repeat }) => {
    if (key === 'Shift' && !repeat) alone = true;
    if (key === 'Shift') return;
    alone = false;
    presses = 0;
  });
  addEventListener('keyup', ({ key, timeStamp }) => {
    if (key !== 'Shift' || !alone) return;
    presses = timeStamp - last <= WITHIN_MS ? presses + 1 : 1;
    last = timeStamp;
    pressed(PRESSES - presses);
    if (presses >= PRESSES) presses = 0;
  });
}
