import { dayNumber, isoDate } from '../../src/kernel/days.js';
import type { LineService, OpeningHours } from '../../src/opening-hours/opening-hours.js';
import { callerZone } from '../caller-time.js';
import type { DialogContext, Say } from '../dialog.js';
import { calendarDay, hour, soon, todayIn } from '../when.js';
import { weekWords, zoneName } from './week-words.js';

/** Who is asked for by name when somebody wants to know the hours. */
type People = Exclude<LineService, 'assistant' | 'callbacks'>;

/** "Les psychologues répondent de nouveau au téléphone demain à 9 h": nothing unless the hours say that it is closed. */
export async function closedWords(context: DialogContext, service: People): Promise<Say[]> {
  const { language, memory, now, services } = context;
  const state = await services.hours.stateOf(service, memory);
  if (state.kind !== 'closed') return [];
  if (state.opens === null) return [{ key: `hours.${service}.closed` }];
  const when = soon(language, callerZone(memory), { at: state.opens, now });
  return [{ key: `hours.${service}.back`, params: { when } }];
}

/** For the greeting: what can be had now, before anything is asked. The ear is told only what it should know. */
export async function greetingWords(context: DialogContext): Promise<Say[]> {
  const { channel, language, memory, services } = context;
  const state = await services.hours.stateOf('psychologists', memory);
  if (state.kind !== 'open') return closedWords(context, 'psychologists');
  if (state.until === null || channel === 'phone') return [];
  return [
    { key: 'hours.psychologists.open', params: { until: hour(language, callerZone(memory), state.until) } },
  ];
}

/** The answer to "quand êtes-vous ouverts ?". */
export async function allHours(context: DialogContext): Promise<Say[]> {
  const assistant = await context.services.hours.hoursOf('assistant', context.memory);
  return [
    ...weekOf(context, 'assistant', assistant),
    ...(await hoursOf(context, 'psychologists')),
    ...(await hoursOf(context, 'operators')),
  ];
}

async function hoursOf(context: DialogContext, service: People): Promise<Say[]> {
  const hours = await context.services.hours.hoursOf(service, context.memory);
  if (hours === undefined) return [{ key: `hours.${service}.unknown` }];
  return [
    ...weekOf(context, service, hours),
    ...closures(context, hours),
    ...(await closedWords(context, service)),
  ];
}

function weekOf(
  { language, memory }: DialogContext,
  service: People | 'assistant',
  hours: OpeningHours | undefined,
): Say[] {
  if (hours === undefined || hours.weekly === null) return [];
  if (hours.weekly === 'always') return always(service, language);
  const week = weekWords(language, hours.weekly);
  if (week === '') return [];
  const placed = memory.academy !== undefined || memory.department !== undefined;
  const sameClock = placed && callerZone(memory) === hours.zone;
  const kind = sameClock ? 'week' : 'week-elsewhere';
  const closed: Say[] = hours.holidays === 'closed' ? [{ key: 'hours.holidays' }] : [];
  return [{ key: `hours.${service}.${kind}`, params: { week, place: zoneName(hours.zone) } }, ...closed];
}

const always = (service: People | 'assistant', language: DialogContext['language']): Say[] =>
  service === 'assistant'
    ? [{ key: 'hours.assistant.always' }]
    : [{ key: `hours.${service}.week`, params: { week: weekWords(language, 'always') } }];

/** Days ahead in which an exceptional closure is told. */
const ANNOUNCED_DAYS = 21;

function closures({ language, now }: DialogContext, { exceptions, zone }: OpeningHours): Say[] {
  const today = todayIn(zone, now);
  const last = isoDate(dayNumber(today) + ANNOUNCED_DAYS);
  const next = exceptions
    .filter(({ from, to, hours }) => hours.length === 0 && to >= today && from <= last)
    .sort((a, b) => a.from.localeCompare(b.from))[0];
  if (next === undefined) return [];
  const params = { from: calendarDay(language, next.from), to: calendarDay(language, next.to) };
  return [{ key: next.from === next.to ? 'hours.closed-day' : 'hours.closed-days', params }];
}

/** Whether a question about the service is about its hours. */
export const asksHours = (folded: string): boolean =>
  /\b(horaires?|heures?|ouvert(e|s|es)?|ouvrez|ferme\w*|quand|24 ?h(eures)?|nuits?|week ?end|samedis?|dimanches?|feries?|vacances|opening|hours?|open|close|closed|what time|when|nights?|weekends?|saturdays?|sundays?)\b/.test(
    folded,
  );
