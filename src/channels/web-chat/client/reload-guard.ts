export interface ReloadGuardParts {
  /** Without network, or without the service: the page would not come back. */
  cutOff: () => boolean;
  /** Says why nothing happened. */
  held: () => void;
}

/**
 * A page that leaves nothing on the machine cannot be shown again without network. While it is cut off a reload is
 * held back, so that the numbers and the words stay (docs/decisions/0056-without-network.md).
 */
export function installReloadGuard({ cutOff, held }: ReloadGuardParts): void {
  const stays = (): boolean => cutOff() && !document.documentElement.classList.contains('gone');
  addEventListener('keydown', (event) => {
    if (!isReload(event) || !stays()) return;
    event.preventDefault();
    held();
  });
  // The browser's own button, or a gesture: the browser asks in its own words.
  addEventListener('beforeunload', (event) => {
    if (stays()) event.preventDefault();
  });
}

const isReload = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  key === 'F5' || ((ctrlKey || metaKey) && key.toLowerCase() === 'r');
