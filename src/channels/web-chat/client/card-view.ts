import { type AppointmentCard, appointmentView } from './appointment-view.js';
import { element } from './element.js';
import { type SheetCard, sheetView } from './sheet-view.js';
import { word } from './words.js';

interface ServicesCard {
  kind: 'services';
  services: { name: string; what: string; stale: boolean; contacts: Contact[] }[];
}
interface NumbersCard {
  kind: 'numbers';
  numbers: { number: string; what: string }[];
}
interface Contact {
  kind: string;
  value: string;
}
export type Card = AppointmentCard | ServicesCard | NumbersCard | SheetCard;

/** @returns `undefined` for a card this page does not know: its text is shown, and is enough */
export function cardView(card: Card): HTMLElement | undefined {
  switch (card.kind) {
    case 'appointment':
      return appointmentView(card);
    case 'services':
      return servicesView(card);
    case 'numbers':
      return numbersView(card);
    case 'sheet':
      return sheetView(card);
    default:
      return undefined;
  }
}

function servicesView({ services }: ServicesCard): HTMLElement {
  const list = element('ul', 'services');
  for (const { name, what, stale, contacts } of services) {
    const item = element('li', 'card');
    item.append(element('p', 'name', stale ? `${name} (${word('stale')})` : name));
    item.append(element('p', 'what', what));
    for (const contact of contacts) item.append(contactView(contact));
    list.append(item);
  }
  return list;
}

function numbersView({ numbers }: NumbersCard): HTMLElement {
  const list = element('ul', 'card services');
  for (const { number, what } of numbers) {
    const item = element('li', 'contact');
    item.append(phoneLink(number), ` ${what}`);
    list.append(item);
  }
  return list;
}

function contactView({ kind, value }: Contact): HTMLElement {
  const line = element('p', 'contact');
  line.append(contactNode(kind, value));
  return line;
}

function contactNode(kind: string, value: string): Node {
  if (kind === 'phone') return phoneLink(value);
  if (kind === 'email') return link(`mailto:${value}`, value);
  if (kind === 'url') return outsideLink(value);
  return document.createTextNode(value);
}

const phoneLink = (number: string): HTMLAnchorElement => link(`tel:${number.replace(/[^\d+]/g, '')}`, number);

function outsideLink(value: string): Node {
  const href = value.startsWith('https://') ? value : `https://${value}`;
  if (!URL.canParse(href)) return document.createTextNode(value);
  const node = link(href, `${value} ${word('new-window')}`);
  node.target = '_blank';
  node.rel = 'noopener noreferrer nofollow';
  return node;
}

function link(href: string, text: string): HTMLAnchorElement {
  const node = element('a', '', text);
  node.href = href;
  return node;
}
