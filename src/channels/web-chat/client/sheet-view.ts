import { element, pushButton } from './element.js';
import { printOnly } from './print-only.js';
import { language, word } from './words.js';

interface SheetMeasure {
  name: string;
  why: string;
  duration: string;
  effects: { post: string; pay: string };
  conditions: string[];
  papers: { administrative: string[]; medical: string[] };
  send: { what: string; to: string; how: string }[];
  deadlines: { what: string; date: string; status: 'open' | 'closed' }[];
}
export interface SheetCard {
  kind: 'sheet';
  measures: SheetMeasure[];
  notes: string[];
}

/** Everything about the measures, folded away, to be read or printed. Nothing is kept of it. */
export function sheetView({ measures, notes }: SheetCard): HTMLElement {
  const sheet = element('details', 'card sheet');
  sheet.append(element('summary', 'name', word('sheet')));
  for (const measure of measures) sheet.append(...measureView(measure));
  sheet.append(...listView('sheet-notes', notes));
  const acts = element('p', 'acts');
  acts.append(pushButton('quiet', word('print'), () => printOnly(sheet, word('sheet-title'))));
  sheet.append(acts);
  return sheet;
}

function measureView(measure: SheetMeasure): HTMLElement[] {
  const { name, why, duration, effects, conditions, papers, send, deadlines } = measure;
  return [
    element('h3', 'name', name),
    element('p', 'what', why),
    element('p', 'what', `${word('sheet-duration')} ${duration}`),
    element('p', 'what', `${word('sheet-post')} ${effects.post} ${word('sheet-pay')} ${effects.pay}`),
    ...listView('sheet-conditions', conditions),
    ...listView('sheet-administrative', papers.administrative),
    ...listView('sheet-medical', papers.medical),
    ...listView(
      'sheet-send',
      send.map(({ what, to, how }) => `${what}. ${to}. ${how}`),
    ),
    ...listView(
      'sheet-deadlines',
      deadlines.map(({ what, date, status }) => `${what} : ${day(date)} (${word(`sheet-${status}`)})`),
    ),
  ];
}

function listView(title: string, lines: string[]): HTMLElement[] {
  if (lines.length === 0) return [];
  const list = element('ul', 'what');
  for (const line of lines) list.append(element('li', '', line));
  return [element('p', 'label', word(title)), list];
}

const day = (date: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
