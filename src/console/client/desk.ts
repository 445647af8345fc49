// Keeps the list true without reloading the page, and says in the title that somebody is in danger.
const EVERY_MS = 2000;
const title = document.title;
let known = 0;

async function refresh(): Promise<void> {
  const desk = document.getElementById('desk');
  if (desk === null || document.activeElement?.closest('select, textarea')) return;
  const response = await fetch('/console/desk', { redirect: 'manual' }).catch(() => undefined);
  if (response === undefined || !response.ok) return;
  const parsed = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('desk');
  if (parsed === null || parsed.isEqualNode(desk)) return;
  desk.replaceWith(parsed);
  announce(Number(parsed.dataset.alerts));
}

function announce(alerts: number): void {
  document.title = alerts > 0 ? `(${alerts}) ! ${title}` : title;
  if (alerts > known) sound();
  known = alerts;
}

function sound(): void {
  try {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    tone.connect(audio.destination);
    tone.frequency.value = 660;
    tone.start();
    tone.stop(audio.currentTime + 0.4);
  } catch {
    // A page that was not yet touched may not sound; the title still tells.
  }
}

announce(Number(document.getElementById('desk')?.dataset.alerts ?? 0));
setInterval(() => void refresh(), EVERY_MS);

export {};
