import { calendarText } from './calendar.js';
import { element, pushButton } from './element.js';
import { printOnly } from './print-only.js';
import { language, word } from './words.js';

export interface AppointmentCard {
  kind: 'appointment';
  code: string;
  start: number;
  zone: string;
  place: string;
}

const FILE_KEPT_MS = 60_000;

/** When, where and the code; to be copied, printed or put in a calendar only if the caller wants to. */
export function appointmentView(card: AppointmentCard): HTMLElement {
  const { code, start, zone, place } = card;
  const view = element('div', 'card appointment');
  view.append(element('p', 'when', dateIn(start, zone)), element('p', 'place', place));
  view.append(element('p', 'label', word('code')));
  view.append(element('p', 'code', code.replace(/(\d{3})(?=\d)/g, '$1 ')));
  const acts = element('p', 'acts');
  if (navigator.clipboard !== undefined) acts.append(copyButton(code));
  acts.append(pushButton('quiet', word('print'), () => printOnly(view, word('calendar-title'))));
  acts.append(pushButton('quiet', word('calendar'), () => saveCalendar(card)));
  view.append(acts, element('p', 'label', word('card-note')));
  return view;
}

/** In the time zone of the place, whatever that of this machine. */
function dateIn(start: number, zone: string): string {
  const options = { dateStyle: 'full', timeStyle: 'short', timeZone: zone } as const;
  return new Intl.DateTimeFormat(language, options).format(start);
}

function copyButton(code: string): HTMLElement {
  const button = pushButton('quiet', word('copy'), async () => {
    await navigator.clipboard.writeText(code);
    button.textContent = word('copied');
  });
  return button;
}

function saveCalendar({ start, place }: AppointmentCard): void {
  const text = calendarText({ start, title: word('calendar-title'), place }, Date.now());
  const address = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }));
  const link = element('a');
  link.href = address;
  link.download = 'rendez-vous.ics';
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), FILE_KEPT_MS);
}
