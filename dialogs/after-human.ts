import type { ConversationHead, HandBack } from '../src/conversations/conversation.js';
import { NEEDS } from '../src/kernel/needs.js';
import type { Decision, Run } from './decide.js';
import type { Memory } from './dialog.js';
import { begin } from './run-dialog.js';
import { ROUTE_OF_NEED, type Route } from './triage/routes.js';
import type { TurnState } from './turn-state.js';

/** What the bot was about to ask before a person took over is over: the marker tells so, once. */
export function afterHuman({ owner, humanPart }: ConversationHead, state: TurnState): TurnState {
  const read = humanPart === undefined || humanPart.to <= (state.humanSeen ?? 0);
  if (read || owner.kind !== 'bot') return state;
  return {
    ...state,
    stack: [],
    question: null,
    interrupted: null,
    said: [],
    misses: 0,
    waiting: 'listen',
    humanSeen: humanPart.to,
  };
}

/** Goes on with what the person asked for. */
export function resume(run: Run, { humanPart }: ConversationHead): Promise<Decision> {
  const { dialog, with: args } = routeOf(humanPart?.next ?? 'anything', run.state.memory);
  return begin(run, dialog, args);
}

function routeOf(next: HandBack, { need }: Memory): Route {
  if (next === 'appointment') return { dialog: 'booking', with: { stage: 'mode' } };
  if (next === 'call') return { dialog: 'phone-line', with: {} };
  if (next === 'service') return serviceRoute(need);
  return { dialog: 'triage', with: {} };
}

/** The service of the need that was understood; otherwise it is asked. */
function serviceRoute(need: string | undefined): Route {
  const known = NEEDS.find((one) => one === need);
  const route = known === undefined ? undefined : ROUTE_OF_NEED[known];
  return route?.dialog === 'orientation' || route?.dialog === 'adjustment'
    ? route
    : { dialog: 'triage', with: { tell: true } };
}
