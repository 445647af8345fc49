import { readConfig } from '../config.js';
import { systemClock } from '../kernel/clock.js';
import { StartError } from '../kernel/errors.js';
import { createLogger } from '../kernel/log.js';
import { systemRandom } from '../kernel/random.js';
import { checksOf, runChecks, type Verdict } from '../operations/checks.js';
import { openStore } from '../storage/open-store.js';
import { type Command, UsageError } from './command.js';

const MARKS: Readonly<Record<Verdict, string>> = { fine: 'ok   ', look: 'look ', fails: 'FAILS' };

export const check: Command = {
  name: 'check',
  summary: 'what would fail callers, one line each; exit 1 if something would',
  usage: '  May run beside the service.',
  async run(args, io) {
    if (args.length > 0) throw new UsageError('check takes no option.');
    try {
      const config = readConfig(io.environment, systemRandom);
      const { mongoUri, dataDir } = config;
      const stores = await openStore({ mongoUri, dataDir, serving: false });
      try {
        const checks = checksOf({ config, stores, clock: systemClock, log: createLogger('silent') });
        const findings = await runChecks(checks);
        for (const { name, finding } of findings)
          io.out(`${MARKS[finding.verdict]} ${name}: ${finding.says}`);
        return findings.some(({ finding }) => finding.verdict === 'fails') ? 1 : 0;
      } finally {
        await stores.close();
      }
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      for (const line of error.message.split('\n')) io.out(`${MARKS.fails} configuration: ${line}`);
      return 1;
    }
  },
};
