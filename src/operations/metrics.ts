import { timingSafeEqual } from 'node:crypto';
import { Router } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { JobRecord } from '../jobs/job-store.js';
import { countersOf } from '../reporting/counters.js';
import type { Fact, FactSink } from '../reporting/fact.js';

/** What the desk and the line look like now: numbers only. */
export interface Situation {
  openAlerts: number;
  overdueAlerts: number;
  waitingInWriting: number;
  waitingOnThePhone: number;
  psychologistsOnDuty: number;
  operatorsOnDuty: number;
  jobs: readonly JobRecord[];
}

export interface Metrics {
  /** Counts facts of this process too, for alarms that cannot wait for the yearly report. */
  facts: FactSink;
  router: Router;
}

const PREFIX = 'numero_unique_';

/** Facts whose number in a day is no secret from those who run the service; what callers said is not among them. */
const WATCHED = new Set<Fact['kind']>([
  ...(['contact-opened', 'call-answered', 'call-unanswered', 'alert-opened', 'alert-acknowledged'] as const),
  ...(['handed-over', 'taken-over', 'booked', 'booking-cancelled'] as const),
]);

/**
 * `/metrics` in Prometheus's text format, for whoever has the token; without a token it does not exist. No label
 * holds an identifier, an académie, a need or a corps.
 */
export function createMetrics(parts: {
  token: string | undefined;
  situation: () => Promise<Situation>;
}): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: PREFIX });
  const facts = new Counter({
    name: `${PREFIX}facts_total`,
    help: 'What has happened in this process since it started, by kind.',
    labelNames: ['kind', 'row'],
    registers: [registry],
  });
  const show = gauges(registry);
  const router = Router();
  router.get('/metrics', async (request, response, next) => {
    if (parts.token === undefined) return next();
    if (!isBearer(request.get('authorization') ?? '', parts.token)) {
      response.status(401).set('WWW-Authenticate', 'Bearer').end();
      return;
    }
    show(await parts.situation());
    response
      .set('Cache-Control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics());
  });
  return {
    router,
    facts: {
      record(happened) {
        for (const fact of happened.filter(({ kind }) => WATCHED.has(kind)))
          for (const counter of countersOf(fact)) facts.inc({ kind: fact.kind, row: counter });
      },
    },
  };
}

function gauges(registry: Registry): (situation: Situation) => void {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `${PREFIX}${name}`, help, labelNames, registers: [registry] });
  const alerts = gauge('alerts_open', 'Vital alerts that are not closed.');
  const overdue = gauge('alerts_overdue', 'Vital alerts that nobody has taken within 60 s.');
  const writing = gauge('waiting_in_writing', 'Conversations that wait for an operator.');
  const phone = gauge('waiting_on_the_phone', 'Callers who wait for a person on the phone.');
  const duty = gauge('on_duty', 'People who can be rung now.', ['role']);
  const ended = gauge('job_last_end_seconds', 'When a job last ended, epoch seconds.', ['job']);
  const failed = gauge('job_failed', '1 when the last run of a job failed.', ['job']);
  return (situation) => {
    alerts.set(situation.openAlerts);
    overdue.set(situation.overdueAlerts);
    writing.set(situation.waitingInWriting);
    phone.set(situation.waitingOnThePhone);
    duty.set({ role: 'psychologist' }, situation.psychologistsOnDuty);
    duty.set({ role: 'operator' }, situation.operatorsOnDuty);
    for (const { name, endedAt, outcome } of situation.jobs) {
      ended.set({ job: name }, (endedAt ?? 0) / 1_000);
      failed.set({ job: name }, outcome === 'failed' ? 1 : 0);
    }
  };
}

function isBearer(header: string, token: string): boolean {
  const given = Buffer.from(header);
  const right = Buffer.from(`Bearer ${token}`);
  return given.length === right.length && timingSafeEqual(given, right);
}
