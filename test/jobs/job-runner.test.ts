import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../src/jobs/job.js';
import { createJobRunner, LEASE } from '../../src/jobs/job-runner.js';
import { nextDue } from '../../src/jobs/next-due.js';
import { instant, MINUTE } from '../../src/kernel/clock.js';
import { createLogger } from '../../src/kernel/log.js';
import { frozenClock } from '../support/frozen-clock.js';
import { type TemporaryStore, temporaryStore } from '../support/temporary-store.js';

let store: TemporaryStore;
beforeEach(async () => {
  store = await temporaryStore();
});
afterEach(() => store.remove());

const clock = frozenClock('2026-03-02T09:00:00Z');
const log = createLogger('silent');
const instance = (holder: string, job: Job) =>
  createJobRunner({ jobs: [job], store: store.stores.jobs, clock, log, holder });

function countingJob(change: Partial<Job> = {}): Job & { runs: number } {
  const job = {
    name: 'sweep',
    pattern: '*/10 * * * *',
    runs: 0,
    run: async () => {
      job.runs += 1;
      return 3;
    },
    ...change,
  };
  return job;
}

describe('a job', () => {
  beforeEach(() => clock.set('2026-03-02T09:00:00Z'));

  it('runs at its due time and not a moment before, once for what was missed', async () => {
    const job = countingJob();
    const runner = instance('a', job);
    await runner.tick();
    clock.set('2026-03-02T09:09:59.999Z');
    await runner.tick();
    expect(job.runs).toBe(1);
    clock.set('2026-03-02T09:10:00Z');
    await runner.tick();
    expect(job.runs).toBe(2);
    clock.set('2026-03-05T13:31:00Z');
    await runner.tick();
    await runner.tick();
    expect(job.runs).toBe(3);
    expect(await store.stores.jobs.get('sweep')).toMatchObject({
      outcome: 'done',
      count: 3,
      lease: null,
      dueAt: Date.parse('2026-03-05T13:40:00Z'),
    });
  });

  it('runs on one of twenty instances that look at once', async () => {
    const job = countingJob();
    const runners = Array.from({ length: 20 }, (_, index) => instance(`i${index}`, job));
    await Promise.all(runners.map((runner) => runner.tick()));
    expect(job.runs).toBe(1);
  });

  it('never overlaps itself while it is prolonged, and is taken over when its instance died', async () => {
    let finish = (): void => undefined;
    const slow = countingJob({
      run: () => new Promise((resolve) => (finish = () => resolve(1))),
    });
    const other = countingJob();
    const first = instance('a', slow);
    const under = first.tick();
    await new Promise((resolve) => setTimeout(resolve, 50));
    clock.advance(LEASE - 1);
    await first.tick();
    clock.advance(LEASE - 1);
    await instance('b', other).tick();
    expect(other.runs).toBe(0);
    clock.advance(1);
    await instance('b', other).tick();
    expect(other.runs).toBe(1);
    finish();
    await under;
    expect(await store.stores.jobs.get('sweep')).toMatchObject({ count: 3 });
  });

  it('that fails is due again at its next time, with its outcome kept', async () => {
    const job = countingJob({ run: () => Promise.reject(new Error('down')) });
    await instance('a', job).tick();
    expect(await store.stores.jobs.list()).toMatchObject([
      { name: 'sweep', outcome: 'failed', dueAt: Date.parse('2026-03-02T09:10:00Z') },
    ]);
  });
});

describe('the next due time', () => {
  const at = (text: string) => instant(Date.parse(text));
  it.each([
    ['*/10 * * * *', '2026-03-02T09:00:00Z', '2026-03-02T09:10:00Z'],
    ['20 4 * * *', '2026-03-02T03:19:59Z', '2026-03-02T03:20:00Z'],
    ['20 4 * * *', '2026-03-02T03:20:00Z', '2026-03-03T03:20:00Z'],
    ['20 4 * * *', '2026-03-28T12:00:00Z', '2026-03-29T02:20:00Z'],
    ['20 4 * * *', '2026-10-24T12:00:00Z', '2026-10-25T03:20:00Z'],
  ])('of %s after %s is %s, clock changes included', (pattern, after, due) => {
    expect(nextDue(pattern, at(after))).toBe(at(due));
  });

  it('refuses a pattern that is due too rarely', () => {
    expect(() => nextDue('70 4 * * *', at('2026-03-02T09:00:00Z'))).toThrow();
  });

  it('is a whole minute', () => {
    expect(nextDue('* * * * *', instant(at('2026-03-02T09:00:00Z') + 1)) % MINUTE).toBe(0);
  });
});
