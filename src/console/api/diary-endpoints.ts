import { z } from 'zod';
import {
  type AvailabilityRule,
  MODES,
  type Psychologist,
  SITE_KINDS,
  type Site,
} from '../../booking/booking.js';
import { type EditOutcome, entryIn, type PlainKind } from '../../booking/diary-editor.js';
import { markOf } from '../../booking/diary-mark.js';
import type { DiaryEntry } from '../../booking/diary-store.js';
import type { AffectedBooking } from '../../booking/planning.js';
import { weekFrom } from '../../booking/week-items.js';
import { isoDate } from '../../kernel/days.js';
import type { DiaryParts } from '../diary/diary-parts.js';
import { type AnyEndpoint, type ApiAnswer, endpoint } from './endpoint.js';
import { idParams, isoOf, time } from './fields.js';
import { pageOf, pageQuery, sliceOf } from './paging.js';

export type DiaryEndpointParts = Pick<DiaryParts, 'diaryEditor' | 'planning' | 'coverage'>;

const text = (most: number) => z.string().max(most);
const siteShape = z.object({
  id: text(100),
  kind: z.enum(SITE_KINDS),
  name: text(120),
  department: text(3),
  address: text(300),
  accessibility: text(300),
  zone: text(60).describe('IANA time zone of its hours.'),
  goodFriday: z.boolean().optional(),
});
const psychologistShape = z.object({ id: text(100), label: text(120) });
const hours = z.object({ from: text(5), to: text(5) });
const ruleShape = z.object({
  ...{ id: text(100), psychologist: text(100), site: text(100) },
  modes: z.array(z.enum(MODES)).max(2),
  recurrence: z.looseObject({ kind: z.enum(['once', 'daily', 'weekly', 'monthly', 'month-days']) }),
  ...{ firstDate: z.iso.date(), lastDate: z.iso.date().nullable(), from: text(5), to: text(5) },
  durations: z.array(z.int()).max(10),
  exceptions: z
    .array(z.object({ date: z.iso.date(), hours: hours.nullable() }))
    .max(500)
    .optional(),
  worksOnHolidays: z.boolean().optional(),
  ...{ bufferBefore: z.int().optional(), bufferAfter: z.int().optional() },
  ...{ step: z.int().optional(), align: z.int().optional() },
  ...{ noticeMinutes: z.int().optional(), horizonDays: z.int().optional() },
  operatorShare: z.object({ everyNth: z.int(), releasedHoursBefore: z.int() }).optional(),
});
const hitShape = z.object({
  ...{ booking: z.string(), psychologist: z.string(), site: z.string(), mode: z.enum(MODES) },
  ...{ start: time, end: time },
  proposed: time.nullable().describe('Start of the time kept for the caller to move to.'),
});

/** Sites, psychologists and openings, by the same editor as the pages; ETags are marks of the content. */
export function diaryEndpoints(parts: DiaryEndpointParts): AnyEndpoint[] {
  const { diaryEditor, planning, coverage } = parts;
  return [
    ...plainEndpoints<Site>(parts, { kind: 'site', path: '/sites', shape: siteShape }),
    ...plainEndpoints<Psychologist>(parts, {
      kind: 'psychologist',
      path: '/psychologists',
      shape: psychologistShape,
    }),
    endpoint({
      ...{
        method: 'get',
        path: '/availability',
        permission: 'diary:see',
        summary: 'Openings, by site and id',
      },
      query: pageQuery.extend({ site: text(100).optional() }),
      answer: pageOf(ruleShape.extend({ mark: z.string().describe('For If-Match, between quotes.') })),
      async handle({ query: { site, ...page } }) {
        const rules = (await diaryEditor.read()).rules.filter(
          (rule) => site === undefined || rule.site === site,
        );
        const all = rules.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
        const { items, next } = sliceOf(all, page, keyOf);
        return { body: { items: items.map((rule) => ({ ...shown(rule), mark: markOf(rule) })), next } };
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/availability', permission: 'diary:edit', summary: 'Adds an opening' },
      ...{ body: ruleShape, answer: ruleShape },
      handle: async ({ account, body }) =>
        answerOf(await diaryEditor.save(account.id, { kind: 'rule', mark: '', value: body })),
    }),
    endpoint({
      ...{ method: 'put', path: '/availability', permission: 'diary:edit', edits: true, marks: true },
      ...{ summary: 'Replaces the opening of this site and id', body: ruleShape, answer: ruleShape },
      handle: async ({ account, body, mark }) =>
        answerOf(await diaryEditor.save(account.id, { kind: 'rule', mark, value: body })),
    }),
    endpoint({
      ...{ method: 'get', path: '/coverage', permission: 'diary:see' },
      summary: 'What each site offers in a week, what is taken, and the first free time',
      query: z.object({ week: z.iso.date().describe('Any day of it.') }),
      answer: pageOf(
        z.object({
          site: z.string(),
          week: z.iso.date(),
          offered: z.int(),
          taken: z.int(),
          first: time.nullable(),
        }),
      ),
      async handle({ query: { week } }) {
        const sites = await coverage.of([weekFrom(week).from]);
        const items = sites.flatMap(({ site, weeks, first }) =>
          weeks.map(({ from, offered, taken }) => ({
            ...{ site: site.id as string, week: isoDate(from), offered, taken },
            first: first === undefined ? null : isoOf(first.start),
          })),
        );
        return { body: { items, next: null } };
      },
    }),
    endpoint({
      ...{
        method: 'get',
        path: '/bookings-to-look-after',
        permission: 'diary:see',
        answer: pageOf(hitShape),
      },
      summary:
        'Bookings that an absence or a closure falls on; somebody must be there until the caller has answered',
      handle: async () => ({ body: { items: (await planning.worklist()).map(hitOf), next: null } }),
    }),
  ];
}

function plainEndpoints<Entry extends Site | Psychologist>(
  { diaryEditor }: DiaryEndpointParts,
  { kind, path, shape }: { kind: Exclude<PlainKind, 'rule'>; path: `/${string}`; shape: z.ZodType },
): AnyEndpoint[] {
  const all = async (): Promise<readonly Entry[]> => {
    const { sites, psychologists } = await diaryEditor.read();
    return (kind === 'site' ? sites : psychologists) as readonly DiaryEntry[] as readonly Entry[];
  };
  return [
    endpoint({
      ...{ method: 'get', path, permission: 'diary:see', summary: `Every ${kind}, by id` },
      ...{ query: pageQuery, answer: pageOf(shape) },
      async handle({ query }) {
        const ordered = [...(await all())].sort((a, b) => (a.id < b.id ? -1 : 1));
        return { body: sliceOf(ordered, query, ({ id }) => id) };
      },
    }),
    endpoint({
      ...{
        method: 'get',
        path: `${path}/{id}`,
        permission: 'diary:see',
        summary: `One ${kind}, with its ETag`,
      },
      ...{ params: idParams, answer: shape },
      async handle({ params: { id } }) {
        const entry = entryIn(await diaryEditor.read(), { kind, id });
        if (entry === undefined) return { problem: 'not-found', detail: `There is no such ${kind}.` };
        return { body: entry, version: markOf(entry) };
      },
    }),
    endpoint({
      ...{
        method: 'post',
        path,
        permission: 'diary:edit',
        summary: `Adds a ${kind}`,
        body: shape,
        answer: shape,
      },
      handle: async ({ account, body }) =>
        answerOf(await diaryEditor.save(account.id, { kind, mark: '', value: body })),
    }),
    endpoint({
      ...{ method: 'put', path: `${path}/{id}`, permission: 'diary:edit', edits: true, marks: true },
      ...{ summary: `Changes a ${kind}`, params: idParams, body: shape, answer: shape },
      handle: async ({ account, params: { id }, body, mark }) =>
        answerOf(await diaryEditor.save(account.id, { kind, mark, value: { ...(body as object), id } })),
    }),
  ];
}

function answerOf(outcome: EditOutcome): ApiAnswer<never> {
  if (outcome.kind === 'saved') return { body: outcome.entry as never, version: markOf(outcome.entry) };
  if (outcome.kind === 'invalid')
    return { problem: 'invalid-input', detail: `These fields will not do: ${outcome.fields.join(', ')}.` };
  const current = outcome.kind === 'conflict' ? outcome.stored : null;
  const detail = 'It was changed since it was read, or its id is taken; read it again.';
  return { problem: 'version-conflict', detail, ...(current === null ? {} : { current }) };
}

const keyOf = ({ site, id }: AvailabilityRule): string => `${site}|${id}`;
const shown = (rule: AvailabilityRule): z.input<typeof ruleShape> => structuredClone(rule) as never;
const hitOf = ({ booking, psychologist, site, mode, start, end, proposed }: AffectedBooking) => ({
  ...{ booking, psychologist, site, mode, start: isoOf(start), end: isoOf(end) },
  proposed: proposed === null ? null : isoOf(proposed.start),
});
