import type { ConversationHead } from '../conversations/conversation.js';
import type { Conversations } from '../conversations/conversations.js';
import type { ReadUnderstood, Understood } from '../conversations/understood.js';
import { type Clock, type Instant, instant, MINUTE } from '../kernel/clock.js';
import type { ConversationId, StaffId } from '../kernel/ids.js';
import type { Alert } from './alert.js';
import type { Alerts } from './alerts.js';

export interface DeskEntry {
  /** `undefined` when the caller has erased the conversation: the alert stays. */
  head: ConversationHead | undefined;
  alert: Alert | undefined;
}

/** An entry as the list shows it. */
export interface DeskRow extends DeskEntry {
  conversation: ConversationId;
  understood: Understood;
  place: DeskPlace;
}

export const DESK_PARTS = ['alert', 'owned-alert', 'queue', 'people', 'bot'] as const;
/** Where an entry stands: danger nobody has taken, danger somebody has, who waits, who is answered, the bot's. */
export type DeskPart = (typeof DESK_PARTS)[number];

export interface DeskPlace {
  part: DeskPart;
  /** Smaller comes first within its part. */
  order: number;
  since: Instant;
}

export const DESK_FILTERS = ['all', 'waiting', 'mine'] as const;
export type DeskFilter = (typeof DESK_FILTERS)[number];

export interface DeskPage {
  rows: DeskRow[];
  /** Entries of this filter, on all pages. */
  total: number;
  page: number;
  pages: number;
  counts: Readonly<Record<DeskPart, number>>;
}

export interface DeskList {
  /** Danger first, then who has waited longest (product.md, "Safety protocol"); `page` from 1. */
  page(query: { filter: DeskFilter; me: StaffId; page: number }): Promise<DeskPage>;
  /** One entry as it is now; `undefined` when it is no longer on the list. */
  row(conversation: ConversationId): Promise<DeskRow | undefined>;
}

export const PAGE_SIZE = 50;
/** A conversation with the bot is live while something was said in it so recently. */
export const LIVE_WITHIN = 15 * MINUTE;
/** Conversations that are put in order; beyond, those silent longest wait. */
const MOST_LIVE = 5_000;
const MOST_ALERTS = 500;

export function createDeskList(parts: {
  clock: Clock;
  conversations: Pick<Conversations, 'list' | 'head' | 'load'>;
  alerts: Pick<Alerts, 'live' | 'of'>;
  understood: ReadUnderstood;
}): DeskList {
  const { clock, conversations, alerts } = parts;
  const liveSince = (): Instant => instant(clock.now() - LIVE_WITHIN);

  const entries = async (): Promise<{ entry: DeskEntry; place: DeskPlace }[]> => {
    const live = await alerts.live(MOST_ALERTS);
    const alerted = new Set(live.map(({ conversation }) => conversation));
    const heads = [
      ...(await conversations.list(['queue', 'operator'], MOST_LIVE)),
      ...(await conversations.list(['bot'], MOST_LIVE, liveSince())),
    ];
    const danger = await Promise.all(
      live.map(async (alert) => ({ alert, head: await conversations.head(alert.conversation) })),
    );
    const others = heads.filter(({ id }) => !alerted.has(id)).map((head) => ({ head, alert: undefined }));
    return [...danger, ...others].flatMap((entry) => {
      const place = placeOf(entry, liveSince());
      return place === undefined ? [] : [{ entry, place }];
    });
  };

  const rowOf = async (entry: DeskEntry, place: DeskPlace): Promise<DeskRow[]> => {
    const conversation = entry.head?.id ?? entry.alert?.conversation;
    if (conversation === undefined) return [];
    const opened = entry.head === undefined ? undefined : await conversations.load(conversation);
    return [{ ...entry, conversation, place, understood: parts.understood(opened?.state) }];
  };

  return {
    async page({ filter, me, page }) {
      const all = (await entries()).sort((a, b) => comparePlaces(a.place, b.place));
      const wanted = all.filter(({ entry, place }) => isWanted(filter, me, { entry, place }));
      const pages = Math.max(1, Math.ceil(wanted.length / PAGE_SIZE));
      const shown = Math.min(Math.max(1, page), pages);
      const slice = wanted.slice((shown - 1) * PAGE_SIZE, shown * PAGE_SIZE);
      const rows = (await Promise.all(slice.map(({ entry, place }) => rowOf(entry, place)))).flat();
      return { rows, total: wanted.length, page: shown, pages, counts: countsOf(all) };
    },
    async row(conversation) {
      const alert = await alerts.of(conversation);
      const head = await conversations.head(conversation);
      const place = placeOf({ head, alert }, liveSince());
      return place === undefined ? undefined : (await rowOf({ head, alert }, place))[0];
    },
  };
}

const RANK: Readonly<Record<DeskPart, number>> = { alert: 0, 'owned-alert': 1, queue: 2, people: 3, bot: 4 };

export const rankOf = ({ part }: DeskPlace): number => RANK[part];

export const comparePlaces = (a: DeskPlace, b: DeskPlace): number =>
  rankOf(a) - rankOf(b) || a.order - b.order;

/** `undefined`: over, or with the bot and silent for a while. */
export function placeOf({ head, alert }: DeskEntry, liveSince: Instant): DeskPlace | undefined {
  if (alert !== undefined) {
    const part = alert.state.kind === 'open' ? 'alert' : 'owned-alert';
    return { part, order: alert.openedAt, since: alert.openedAt };
  }
  if (head === undefined || head.owner.kind === 'closed') return undefined;
  const { owner, activeAt } = head;
  if (owner.kind === 'queue') return { part: 'queue', order: owner.since, since: owner.since };
  if (owner.kind === 'operator') return { part: 'people', order: owner.since, since: owner.since };
  return activeAt < liveSince ? undefined : { part: 'bot', order: -activeAt, since: head.openedAt };
}

function isWanted(
  filter: DeskFilter,
  me: StaffId,
  { entry, place }: { entry: DeskEntry; place: DeskPlace },
): boolean {
  if (filter === 'all') return true;
  if (filter === 'waiting') return place.part === 'alert' || place.part === 'queue';
  return isMine(entry, me);
}

/** Whose it is to answer: who has the conversation, or its alert, or is offered it. */
export const staffOf = ({ head, alert }: DeskEntry): StaffId[] => [
  ...(head?.owner.kind === 'operator' ? [head.owner.staff] : []),
  ...(alert?.state.kind === 'acknowledged' ? [alert.state.by] : []),
  ...(head?.offer ? [head.offer.to] : []),
];

export const isMine = (entry: DeskEntry, me: StaffId): boolean => staffOf(entry).includes(me);

function countsOf(all: readonly { place: DeskPlace }[]): Record<DeskPart, number> {
  const counts = { alert: 0, 'owned-alert': 0, queue: 0, people: 0, bot: 0 };
  for (const { place } of all) counts[place.part] += 1;
  return counts;
}
