import { createAudit } from '../accounts/audit.js';
import { withEdits } from '../directory/directory.js';
import { isStale } from '../directory/freshness.js';
import { loadDirectory } from '../directory/load-directory.js';
import { ACADEMIES } from '../kernel/academies.js';
import { after, type Clock, DAY } from '../kernel/clock.js';
import type { Logger } from '../kernel/log.js';
import { loadOpeningHours } from '../opening-hours/load-hours.js';
import { LINE_SERVICES, openingHoursSchema } from '../opening-hours/opening-hours.js';
import { createOpeningTimes } from '../opening-hours/opening-times.js';
import { gapsIn } from '../phone-line/roster.js';
import { parisDay } from '../reporting/paris-day.js';
import { loadScreen } from '../safety/load-screen.js';
import { NO_CONTEXT } from '../safety/screen.js';
import type { Stores } from '../storage/stores.js';
import { loadUnderstand } from '../triage/load-understand.js';

/** `fails`: callers would be failed. `look`: somebody should know, callers are served. */
export type Verdict = 'fine' | 'look' | 'fails';

export interface Finding {
  verdict: Verdict;
  /** One line with what to do; counts and our own names only. */
  says: string;
}

export interface Check {
  name: string;
  run(): Promise<Finding>;
}

export interface CheckedConfig {
  production: boolean;
  lineNumber: string;
  lastResortNumber: string;
  metricsToken: string | undefined;
}

export interface CheckParts {
  config: CheckedConfig;
  stores: Stores;
  clock: Clock;
  log: Logger;
}

const fine = (says: string): Finding => ({ verdict: 'fine', says });
const look = (says: string): Finding => ({ verdict: 'look', says });
const fails = (says: string): Finding => ({ verdict: 'fails', says });

/** Every check, in the order they are printed. Others are added to this list. */
export function checksOf(parts: CheckParts): Check[] {
  return [
    { name: 'configuration', run: async () => configuration(parts.config) },
    { name: 'store', run: () => store(parts.stores) },
    { name: 'safety model', run: async () => safetyModel(parts.log) },
    { name: 'model of needs', run: async () => modelOfNeeds(parts.log) },
    { name: 'directory', run: () => directoryGaps(parts) },
    { name: 'entries to review', run: () => staleEntries(parts) },
    { name: 'opening hours', run: () => openingHours(parts) },
    { name: 'staff', run: () => staff(parts.stores) },
    { name: 'on duty', run: () => onDuty(parts.stores) },
    { name: 'roster', run: () => roster(parts) },
    { name: 'appointments', run: () => appointments(parts) },
    { name: 'jobs', run: () => jobs(parts) },
    { name: 'audit', run: () => auditChain(parts) },
  ];
}

/** Runs them all; one that breaks is a finding, not the end. */
export async function runChecks(checks: readonly Check[]): Promise<{ name: string; finding: Finding }[]> {
  const findings = [];
  for (const { name, run } of checks) {
    const finding = await run().catch(() => fails('this could not be looked at; see the log'));
    findings.push({ name, finding });
  }
  return findings;
}

/** What stops a start has been refused already; this is what a start lets pass. */
function configuration({ production, lineNumber, lastResortNumber, metricsToken }: CheckedConfig): Finding {
  if (!production) return look('on loopback only: nobody outside this machine is served');
  const missing = [
    ...(lineNumber === '' ? ['LINE_NUMBER'] : []),
    ...(lastResortNumber === '' ? ['LAST_RESORT_NUMBER'] : []),
  ];
  if (missing.length > 0) return fails(`set ${missing.join(' and ')}: callers are given these numbers`);
  return metricsToken === undefined
    ? look('METRICS_TOKEN is not set: nothing can be watched')
    : fine('complete');
}

async function store(stores: Stores): Promise<Finding> {
  await stores.ping();
  return fine('answers');
}

function safetyModel(log: Logger): Finding {
  const screen = loadScreen(log);
  const level = screen('bonjour', NO_CONTEXT).level;
  return level === 'clear'
    ? fine('readable')
    : fails('src/safety/model.json cannot be read: nothing is ever "clear"; build again');
}

function modelOfNeeds(log: Logger): Finding {
  loadUnderstand(log)('je voudrais un rendez-vous avec un psychologue');
  return fine('readable');
}

async function services({ stores }: CheckParts) {
  return withEdits(loadDirectory().services, await stores.directoryEdits.list());
}

async function directoryGaps(parts: CheckParts): Promise<Finding> {
  const covered = new Set((await services(parts)).map(({ academy }) => academy));
  const missing = ACADEMIES.filter(({ slug }) => !covered.has(slug as never)).length;
  if (missing === 0) return fine('every académie has entries');
  return look(
    `${missing} of ${ACADEMIES.length} académies have no entry: their callers get the national answer`,
  );
}

async function staleEntries(parts: CheckParts): Promise<Finding> {
  const today = parisDay(parts.clock.now());
  const all = await services(parts);
  const stale = all.filter((service) => isStale(service, today)).length;
  return stale === 0
    ? fine('none')
    : look(`${stale} of ${all.length} entries are old or undated: callers hear "à vérifier"`);
}

/** Hours that cannot be read count as filled in by nobody: callers are told none, and never "closed". */
async function openingHours({ stores, clock }: CheckParts): Promise<Finding> {
  const edits = await stores.hours.list();
  const broken = edits.filter(({ hours }) => hours !== null && !openingHoursSchema.safeParse(hours).success);
  if (broken.length > 0)
    return fails(`${broken.length} entries cannot be read; export hours, mend them, import hours`);
  const list = async () => edits;
  const times = createOpeningTimes({
    ...{ clock, shipped: loadOpeningHours(), store: { list }, trouble: () => undefined },
  });
  const states = await Promise.all(LINE_SERVICES.map((service) => times.stateOf(service)));
  const missing = LINE_SERVICES.filter((_, index) => states[index]?.kind === 'unknown');
  if (missing.length === 0) return fine('filled in');
  return look(`to be filled in for ${missing.join(', ')}: callers are told none; export hours, import hours`);
}

const MANY = 10_000;

async function staff({ accounts }: Stores): Promise<Finding> {
  const active = (await accounts.list(MANY)).filter(({ disabled }) => !disabled);
  const operators = active.filter(({ roles }) => roles.includes('operator')).length;
  return operators > 0
    ? fine(`${operators} operators among ${active.length} accounts`)
    : fails('no operator has an account: nobody can take an alert; numero-unique user add');
}

async function onDuty({ duties }: Stores): Promise<Finding> {
  const all = [...(await duties.list('psychologist')), ...(await duties.list('operator'))];
  const ready = all.filter(({ available, paused }) => available && !paused).length;
  return ready > 0
    ? fine(`${ready} people can be rung`)
    : look('nobody can be rung now: callers are offered an appointment');
}

const ROSTER_DAYS = 14;

/** A line without a roster goes by its switches; one with a roster should have no hole in it. */
async function roster({ stores, clock }: CheckParts): Promise<Finding> {
  const entries = await stores.roster.list();
  if (entries.length === 0) return fine('none: psychologists go by their own switch');
  const from = clock.now();
  const days = { from, to: after(from, ROSTER_DAYS * DAY) };
  const gaps = gapsIn(entries, { ...days, role: 'psychologist', atLeast: 1 });
  if (gaps.length === 0) return fine(`no gap in the next ${ROSTER_DAYS} days`);
  return look(`${gaps.length} gaps without a psychologist in the next ${ROSTER_DAYS} days`);
}

async function appointments({ stores, clock }: CheckParts): Promise<Finding> {
  const { sites, rules } = await stores.diary.read();
  const today = parisDay(clock.now());
  const open = rules.filter(({ lastDate }) => lastDate === null || lastDate >= today).length;
  if (sites.length === 0 || open === 0) return fails('no availability: no appointment can be offered');
  return fine(`${open} rules of availability at ${sites.length} sites`);
}

async function jobs({ stores }: CheckParts): Promise<Finding> {
  const failed = (await stores.jobs.list()).filter(({ outcome }) => outcome === 'failed');
  if (failed.length === 0) return fine('the last runs are done');
  return fails(`the last run of ${failed.map(({ name }) => name).join(', ')} failed; see the log`);
}

/** The head is worth keeping elsewhere: a log cut off at its end is whole to itself. */
async function auditChain({ clock, stores }: CheckParts): Promise<Finding> {
  const state = await createAudit({ clock, store: stores.audit }).verify();
  if (state.kind === 'broken')
    return fails(
      `entry ${state.seq} was changed, or one before it is missing: somebody has written in the store`,
    );
  return fine(
    `${state.entries} entries, unchanged${state.head === '' ? '' : `; the last is ${state.head.slice(0, 16)}`}`,
  );
}
