// The part of a page that goes on by itself is looked at again, unless somebody is using it or has left.
const EVERY_MS = 10_000;
const LEFT_AFTER_MS = 5 * 60_000;

let lastSeen = Date.now();
for (const sign of ['keydown', 'pointerdown', 'pointermove', 'focus'])
  addEventListener(sign, () => {
    lastSeen = Date.now();
  });

const live = (root: Document): Element | null => root.querySelector('[data-live]');

async function lookAgain(): Promise<void> {
  const shown = live(document);
  const away = document.hidden || Date.now() - lastSeen > LEFT_AFTER_MS;
  if (shown === null || away || shown.contains(document.activeElement)) return;
  const response = await fetch(location.pathname + location.search);
  if (!response.ok || response.redirected) return;
  const fresh = live(new DOMParser().parseFromString(await response.text(), 'text/html'));
  if (fresh === null || fresh.innerHTML === shown.innerHTML) return;
  if (shown.contains(document.activeElement)) return;
  shown.replaceChildren(...fresh.childNodes);
  dispatchEvent(new CustomEvent('live-changed'));
}

setInterval(() => void lookAgain().catch(() => undefined), EVERY_MS);

export {};
