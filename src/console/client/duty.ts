// Shows a call as soon as the phone rings, and says so in the title, without reloading the page.
const EVERY_MS = 2000;
const title = document.title;

async function refresh(): Promise<void> {
  const shown = document.getElementById('ringing');
  if (shown === null || shown.contains(document.activeElement)) return;
  const response = await fetch(location.href, { redirect: 'manual' }).catch(() => undefined);
  if (response === undefined || !response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.getElementById('ringing');
  if (fresh === null || fresh.isEqualNode(shown)) return;
  shown.replaceChildren(...fresh.childNodes);
  document.title = shown.querySelector('form') === null ? title : `☎ ${title}`;
}

setInterval(() => void refresh(), EVERY_MS);

export {};
