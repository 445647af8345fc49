import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run-command.js';
import { createLogger } from '../../src/kernel/log.js';
import { checksOf, runChecks } from '../../src/operations/checks.js';
import { recordedIo } from '../support/command-io.js';
import { DirectLineCaller } from '../support/direct-line-caller.js';
import { runningService, type TestService } from '../support/running-service.js';

const TOKEN = 'token-for-this-test-only';
const SECRET = 'secret-for-this-test-only';
/** What a caller may say of themselves, and words that are in nothing else. */
const PLANTED = ['06 39 98 12 34', 'claire.martin@example.org', '2 84 05 67 482 123 45', 'girafes dormeuses'];

let running: TestService;
beforeAll(async () => {
  running = await runningService({ METRICS_TOKEN: TOKEN, DIRECT_LINE_SECRET: SECRET });
});
afterAll(() => running.remove());

const metrics = (token?: string): Promise<Response> =>
  fetch(
    `${running.url}/metrics`,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );

describe('/metrics', () => {
  it('is for whoever has the token', async () => {
    expect((await metrics()).status).toBe(401);
    expect((await metrics('another-token-that-is-wrong')).status).toBe(401);
    const answer = await metrics(TOKEN);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/plain'),
    ]);
  });

  it('tells what has happened and how things stand', async () => {
    const caller = await DirectLineCaller.open(running.url, SECRET);
    await caller.say('je veux mourir', 'a');
    const text = await (await metrics(TOKEN)).text();
    expect(text).toMatch(/^numero_unique_alerts_open 1$/m);
    expect(text).toMatch(/^numero_unique_waiting_in_writing 1$/m);
    expect(text).toMatch(/^numero_unique_facts_total\{kind="contact-opened",row="contacts\|web"\} \d+$/m);
    expect(text).toMatch(/^numero_unique_on_duty\{role="operator"\} 1$/m);
    expect(text).toContain('numero_unique_job_failed{job="destroy-old-words"} 0');
  });

  it('and the bilan hold no identifier and no word of a caller', async () => {
    const caller = await DirectLineCaller.open(running.url, SECRET);
    for (const [index, planted] of PLANTED.entries())
      await caller.say(`je suis professeure à Strasbourg, ${planted}`, `k${index}`);
    await running.service.tally.settled();
    const { counts } = running.service.stores;
    const seen = [
      await (await metrics(TOKEN)).text(),
      JSON.stringify(await counts.between('2000-01-01', '2100-12-31')),
      running.logged(),
    ].join('\n');
    const ids = (await running.service.conversations.list(['bot', 'queue'], 100)).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(PLANTED.filter((planted) => seen.includes(planted))).toEqual([]);
    expect(seen.split('\n').slice(0, -1).join('\n').includes('girafes')).toBe(false);
    const counted = JSON.stringify(await counts.between('2000-01-01', '2100-12-31'));
    expect(ids.filter((id) => counted.includes(id))).toEqual([]);
  });
});

describe('without a token', () => {
  it('/metrics does not exist', async () => {
    const closed = await runningService();
    const answer = await fetch(`${closed.url}/metrics`);
    await closed.remove();
    expect(answer.status).toBe(404);
  });
});

describe('check', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('fails on an empty store, with what to do, one line each', async () => {
    const io = recordedIo({ DATA_DIR: folder });
    expect(await runCommand(['check'], io)).toBe(1);
    expect(io.printed).toContain('ok    safety model: readable');
    expect(io.printed.some((line) => line.startsWith('FAILS staff: no operator has an account'))).toBe(true);
    expect(io.printed.some((line) => line.startsWith('FAILS appointments:'))).toBe(true);
    expect(io.printed.every((line) => /^(ok {3}|look |FAILS) [\w ]+: \S/.test(line))).toBe(true);
  });

  it('finds nothing that fails callers on the demonstration data', async () => {
    const { service, clock } = running;
    const parts = { config: service.config, stores: service.stores, clock, log: createLogger('silent') };
    const findings = await runChecks(checksOf(parts));
    expect(findings.filter(({ finding }) => finding.verdict === 'fails')).toEqual([]);
    expect(findings.find(({ name }) => name === 'on duty')?.finding.says).toBe('3 people can be rung');
  });

  it('lists every fault of the configuration', async () => {
    const io = recordedIo({ DATA_DIR: folder, PUBLIC_URL: 'https://ecoute.example.fr' });
    expect(await runCommand(['check'], io)).toBe(1);
    expect(io.printed.join('\n')).toMatch(
      /^FAILS configuration: SECRET_KEY.*\nFAILS configuration: CODE_KEY/,
    );
  });

  it('says what cannot be used, and goes on after a check that breaks', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    const io = recordedIo({ DATA_DIR: path.join(folder, 'file', 'data') });
    expect(await runCommand(['check'], io)).toBe(1);
    expect(io.printed[0]).toContain('cannot be used');
    const findings = await runChecks([
      { name: 'a', run: () => Promise.reject(new Error('broken')) },
      { name: 'b', run: async () => ({ verdict: 'fine', says: 'well' }) },
    ]);
    expect(findings.map(({ finding }) => finding.verdict)).toEqual(['fails', 'fine']);
  });
});
