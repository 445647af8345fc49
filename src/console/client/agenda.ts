// The week as a calendar. Whatever is dragged, resized, selected or opened leads to the same forms as without a
// script, shown in a dialog; nothing is changed before a form is sent.
import type { Calendar, CalendarOptions, EventApi } from 'fullcalendar';

declare const FullCalendar: { Calendar: new (element: HTMLElement, options: CalendarOptions) => Calendar };

const place = document.getElementById('calendar');
const dialog = document.getElementById('form-dialog');
const formPlace = document.getElementById('form-place');
if (place !== null && dialog instanceof HTMLDialogElement && formPlace !== null)
  start(place, dialog, formPlace);

function start(element: HTMLElement, box: HTMLDialogElement, inside: HTMLElement): void {
  const { feed = '', date = '', new: fresh = '', allDay = '', failed = '' } = element.dataset;
  element.hidden = false;
  document.getElementById('calendar-help')?.removeAttribute('hidden');
  let undo: (() => void) | undefined;
  const narrow = window.matchMedia('(max-width: 48rem)');
  const viewOf = (): string => (narrow.matches ? 'timeGridDay' : 'timeGridWeek');

  const calendar = new FullCalendar.Calendar(element, {
    initialView: viewOf(),
    initialDate: date,
    locale: 'fr',
    firstDay: 1,
    // Times come as the wall clock of the place: a zone that never shifts shows them as they are.
    timeZone: 'UTC',
    headerToolbar: false,
    allDayText: allDay,
    slotMinTime: '07:00:00',
    slotMaxTime: '21:00:00',
    slotDuration: '00:30:00',
    snapDuration: '00:15:00',
    height: 'auto',
    nowIndicator: false,
    eventInteractive: true,
    eventDurationEditable: true,
    selectable: fresh !== '',
    selectMirror: true,
    longPressDelay: 400,
    events: { url: feed, failure: () => announce(failed) },
    eventClick: (info) => {
      info.jsEvent.preventDefault();
      if (info.event.url !== '') void open(info.event.url);
    },
    eventDrop: (info) => void change(info.event, info.revert),
    eventResize: (info) => void change(info.event, info.revert),
    select: (info) => {
      const hours = info.allDay ? {} : { from: info.startStr.slice(11, 16), to: info.endStr.slice(11, 16) };
      void open(withParameters(fresh, { date: info.startStr.slice(0, 10), ...hours }));
      calendar.unselect();
    },
  });
  calendar.render();
  narrow.addEventListener('change', () => calendar.changeView(viewOf()));

  function change(event: EventApi, revert: () => void): Promise<void> {
    undo = revert;
    const toDate = event.startStr.slice(0, 10);
    const hours = { from: event.startStr.slice(11, 16), to: event.endStr.slice(11, 16) };
    return open(withParameters(String(event.extendedProps.form), { toDate, ...hours }));
  }

  async function open(address: string): Promise<void> {
    await show(await fetch(address, { redirect: 'follow' }));
    if (!box.open) box.showModal();
    inside.querySelector<HTMLElement>('input:not([type=hidden]), select')?.focus();
  }

  /** A form that was saved answers with the week; anything else is shown in its place. */
  async function show(response: Response): Promise<void> {
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (new URL(response.url).searchParams.has('said')) {
      undo = undefined;
      announce(page.querySelector('.notice')?.textContent ?? '');
      box.close();
      calendar.refetchEvents();
      await replaceTable();
      return;
    }
    const main = page.getElementById('main');
    for (const form of main?.querySelectorAll('form') ?? []) form.addEventListener('submit', send);
    inside.replaceChildren(...(main?.childNodes ?? []));
  }

  function send(event: SubmitEvent): void {
    if (!(event.target instanceof HTMLFormElement)) return;
    event.preventDefault();
    const form = event.target;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, event.submitter)) body.append(name, String(value));
    void fetch(form.action, { method: 'POST', body }).then(show);
  }

  box.addEventListener('close', () => {
    undo?.();
    undo = undefined;
  });
  document.getElementById('form-close')?.addEventListener('click', () => box.close());
}

function withParameters(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address, location.href);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.pathname + url.search;
}

/** The table says what the calendar says. */
async function replaceTable(): Promise<void> {
  const response = await fetch(location.href);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.getElementById('week-table');
  if (fresh !== null) document.getElementById('week-table')?.replaceWith(fresh);
}

function announce(text: string): void {
  const main = document.getElementById('main');
  if (main === null || text === '') return;
  main.querySelector('.notice')?.remove();
  const notice = document.createElement('p');
  notice.className = 'notice';
  notice.setAttribute('role', 'status');
  main.prepend(notice);
  // A status is read when its words come after it is there.
  setTimeout(() => {
    notice.textContent = text;
  }, 50);
}
