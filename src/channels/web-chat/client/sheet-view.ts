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
  for (const file of filesOf(measures)) sheet.append(...fileView(file));
  sheet.append(...listView('sheet-notes', notes));
  const acts = element('p', 'acts');
  acts.append(pushButton('quiet', word('print'), () => printOnly(sheet, word('sheet-title'))));
  sheet.append(acts);
  return sheet;
}

function measureView({ name, why, duration, effects, conditions }: SheetMeasure): HTMLElement[] {
  return [
    element('h3', 'name', name),
    element('p', 'what', why),
    element('p', 'what', `${word('sheet-duration')} ${duration}`),
    element('p', 'what', `${word('sheet-post')} ${effects.post} ${word('sheet-pay')} ${effects.pay}`),
    ...listView('sheet-conditions', conditions),
  ];
}

interface RequestFile {
  /** Names of the measures that are asked for with it. */
  names: string[];
  like: SheetMeasure;
}

/** Measures asked for with the same papers, at the same place and date, share one file on the sheet. */
function filesOf(measures: SheetMeasure[]): RequestFile[] {
  const files = new Map<string, RequestFile>();
  for (const measure of measures) {
    const { papers, send, deadlines } = measure;
    const key = JSON.stringify([papers, send, deadlines]);
    const file = files.get(key) ?? { names: [], like: measure };
    file.names.push(measure.name);
    files.set(key, file);
  }
  return [...files.values()];
}

function fileView({ names, like: { papers, send, deadlines } }: RequestFile): HTMLElement[] {
  if (send.length + deadlines.length === 0) return [];
  const dated = deadlines.map(
    ({ what, date, status }) => `${what} : ${day(date)} (${word(`sheet-${status}`)})`,
  );
  return [
    element('h3', 'name', `${word('sheet-file')} ${names.join(', ')}`),
    ...listView('sheet-administrative', papers.administrative),
    ...listView('sheet-medical', papers.medical),
    ...listView(
      'sheet-send',
      send.map(({ what, to, how }) => `${what}. ${to}. ${how}`),
    ),
    ...listView('sheet-deadlines', dated),
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
