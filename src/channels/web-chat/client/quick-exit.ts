const PRESSES = 3;
const WITHIN_MS = 5_000;

/** Leaves at once: the page is replaced first, then the conversation is closed. Shift three times does the same. */
export function installQuickExit(parts: {
  link: HTMLElement;
  address: string;
  leave: () => void;
  announce: (left: number) => void;
}): void {
  const exit = (): void => {
    document.body.hidden = true;
    location.replace(parts.address);
    parts.leave();
  };
  let presses: number[] = [];
  parts.link.addEventListener('click', (event) => {
    event.preventDefault();
    exit();
  });
  document.addEventListener('keyup', (event) => {
    if (event.key !== 'Shift') {
      presses = [];
      return;
    }
    const now = Date.now();
    presses = [...presses.filter((at) => now - at < WITHIN_MS), now];
    if (presses.length >= PRESSES) exit();
    else parts.announce(PRESSES - presses.length);
  });
  window.addEventListener('pageshow', () => {
    document.body.hidden = false;
  });
}
