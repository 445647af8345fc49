import type { SiteId } from '../../src/kernel/ids.js';
import type { Choice, DialogContext, DialogInput, Question, Step } from '../dialog.js';
import { findSlots, offerThese, placesOf, type Search, wishHere } from './booking-steps.js';
import { DAY, wishIn } from './slot-offer.js';

const SOONEST: Choice = {
  value: 'soonest',
  key: 'waiting.choice.soonest',
  words: ['plus tot', 'n importe', 'peu importe', 'as soon as', 'any'],
};

const DAYS: Question = {
  ...DAY,
  choices: [SOONEST, ...DAY.choices],
  again: { key: 'waiting.days-again' },
};

/** What was asked for and is not free is waited for; without it, we ask what would suit better. */
export async function beginWaiting(
  context: DialogContext,
  search: Search,
  { offered }: { offered: boolean },
): Promise<Step> {
  if (search.unmet !== undefined || !offered) return waitFor(context, { ...search, wish: search.unmet });
  return {
    kind: 'ask',
    says: [{ key: 'waiting.days' }],
    question: DAYS,
    state: { stage: 'wait-days', search },
  };
}

export async function answerWaitDays(
  context: DialogContext,
  search: Search,
  input: DialogInput,
): Promise<Step> {
  if (input.choice === 'soonest') return waitFor(context, { ...search, wish: undefined }, search.earliest);
  const wish = wishIn(context, input);
  if (wish === undefined) return { kind: 'misunderstood' };
  const wished: Search = { ...search, wish, unmet: undefined };
  const slots = await findSlots(context, wished, undefined);
  return slots.length > 0 ? offerThese(context, slots, { search: wished }) : waitFor(context, wished);
}

async function waitFor(context: DialogContext, search: Search, before?: Search['earliest']): Promise<Step> {
  const wish = wishHere(context, search);
  const wanted = { sites: await sitesOf(context, search), mode: search.mode, wish, before };
  return { kind: 'replace', says: [], dialog: 'waiting', with: { stage: 'join', wanted } };
}

/** The caller's own department, or else the académie, or else everywhere. */
async function sitesOf(context: DialogContext, { mode }: Search): Promise<SiteId[]> {
  for (const place of placesOf(context, mode)) {
    const sites = await context.services.booking.sitesFor({ ...place, mode });
    if (sites.length > 0) return sites.map(({ id }) => id);
  }
  return [];
}
