import './check-twiml.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { readConfig } from '../../src/config.js';
import { createLogger } from '../../src/kernel/log.js';
import { systemRandom } from '../../src/kernel/random.js';
import { type RunningService, startService } from '../../src/main.js';
import { fillDemonstration } from '../../src/operations/demonstration.js';
import { type FrozenClock, frozenClock } from './frozen-clock.js';

export interface TestService extends RunningService {
  folder: string;
  clock: FrozenClock;
  /** Everything that was logged. */
  logged(): string;
  /** Names and values that the local phone signs with. */
  environment: Record<string, string>;
  remove(): Promise<void>;
}

/** The whole service with demonstration data, listening on a free port of this machine, at a time that stands still. */
export async function runningService(
  environment: Record<string, string> = {},
  start = '2026-03-02T08:00:00Z',
): Promise<TestService> {
  const folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
  const clock = frozenClock(start);
  let written = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  const given = { DATA_DIR: folder, PORT: '0', ...environment };
  const config = readConfig(given, systemRandom);
  const running = await startService(config, { clock, log: createLogger('debug', sink) });
  await fillDemonstration({ ...running.service, clock });
  const { accountSid = '', authToken = '' } = config.twilio ?? {};
  return {
    ...running,
    folder,
    clock,
    logged: () => written,
    environment: { ...given, TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken },
    remove: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
