import type { Activity } from './direct-line-client.js';

export type Words = Readonly<Record<string, string>>;

interface Appointment {
  kind: 'appointment';
  code: string;
}
interface Services {
  kind: 'services';
  services: { name: string; what: string; stale: boolean; contacts: { kind: string; value: string }[] }[];
}

/** Shows one message, built node by node: nothing a person wrote is ever read as markup. */
export function messageView(activity: Activity, words: Words): HTMLElement {
  const author = activity.channelData?.author ?? 'bot';
  const article = element('article', `message ${author}`);
  article.append(element('h3', 'who', whoIs(activity, author, words)));
  const card = activity.attachments?.[0]?.content as Appointment | Services | undefined;
  if (card?.kind === 'services') article.append(servicesView(card, words));
  else article.append(element('p', 'text', activity.text ?? ''));
  if (card?.kind === 'appointment') article.append(appointmentView(card, words));
  return article;
}

export function choicesView(activity: Activity, choose: (value: string) => void): HTMLElement | undefined {
  const actions = activity.suggestedActions?.actions ?? [];
  if (actions.length === 0) return undefined;
  const list = element('div', 'choices');
  for (const { title, value } of actions) {
    const button = element('button', 'choice', title);
    button.setAttribute('type', 'button');
    button.addEventListener('click', () => choose(value));
    list.append(button);
  }
  return list;
}

function whoIs(activity: Activity, author: string, words: Words): string {
  if (author === 'caller') return words.you ?? '';
  return activity.from?.name || (words.bot ?? '');
}

function appointmentView({ code }: Appointment, words: Words): HTMLElement {
  const card = element('div', 'card');
  card.append(element('p', 'card-label', words.code ?? ''));
  card.append(element('p', 'code', code.replace(/(\d{3})(?=\d)/g, '$1 ')));
  const copy = element('button', 'quiet', words.copy ?? '');
  copy.setAttribute('type', 'button');
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(code);
    copy.textContent = words.copied ?? '';
  });
  card.append(copy);
  return card;
}

function servicesView({ services }: Services, words: Words): HTMLElement {
  const list = element('ul', 'services');
  for (const service of services) {
    const item = element('li', 'card');
    item.append(element('h4', '', service.stale ? `${service.name} (${words.stale})` : service.name));
    item.append(element('p', '', service.what));
    for (const contact of service.contacts) item.append(contactView(contact));
    list.append(item);
  }
  return list;
}

function contactView({ kind, value }: { kind: string; value: string }): HTMLElement {
  const line = element('p', 'contact');
  const link = element('a', '', value) as HTMLAnchorElement;
  if (kind === 'phone') link.href = `tel:${value.replaceAll(' ', '')}`;
  else if (kind === 'email') link.href = `mailto:${value}`;
  else if (kind === 'url') link.href = value.startsWith('http') ? value : `https://${value}`;
  else return element('p', 'contact', value);
  link.rel = 'noreferrer';
  line.append(link);
  return line;
}

function element(name: string, className: string, text = ''): HTMLElement {
  const node = document.createElement(name);
  if (className !== '') node.className = className;
  node.textContent = text;
  return node;
}
