import { parseArgs } from 'node:util';
import { loadTranslations } from '../../locales/translate.js';
import { checkNumber } from '../channels/twilio/check-number.js';
import { renderFailure } from '../channels/twilio/failure-twiml.js';
import { type Config, LOCAL_PHONE_URL, readConfig } from '../config.js';
import { systemClock } from '../kernel/clock.js';
import { StartError } from '../kernel/errors.js';
import { createLogger } from '../kernel/log.js';
import { systemRandom } from '../kernel/random.js';
import { checksOf, type Finding, runChecks, type Verdict } from '../operations/checks.js';
import { openStore } from '../storage/open-store.js';
import { type Command, type CommandIo, type ExitCode, UsageError } from './command.js';

const MARKS: Readonly<Record<Verdict, string>> = { fine: 'ok   ', look: 'look ', fails: 'FAILS' };

interface NamedFinding {
  name: string;
  finding: Finding;
}

export const check: Command = {
  name: 'check',
  summary: 'what would fail callers, one line each; exit 1 if something would',
  usage: [
    '  May run beside the service.',
    '  --fallback-twiml   prints the document to be hosted at the carrier for when the service is down',
  ].join('\n'),
  async run(args, io) {
    const options = readArguments(args);
    try {
      const config = readConfig(io.environment, systemRandom);
      return options['fallback-twiml'] === true ? printFallback(config, io) : await look(config, io);
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      for (const line of error.message.split('\n')) io.out(`${MARKS.fails} configuration: ${line}`);
      return 1;
    }
  },
};

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { 'fallback-twiml': { type: 'boolean' } } }).values;
  } catch {
    throw new UsageError('check does not know one of these options.');
  }
}

function printFallback({ lastResortNumber, twilio }: Config, io: CommandIo): ExitCode {
  io.out(renderFailure(loadTranslations(), { lastResortNumber, callerId: twilio?.number ?? '' }));
  return 0;
}

async function look(config: Config, io: CommandIo): Promise<ExitCode> {
  const { mongoUri, dataDir } = config;
  const stores = await openStore({ mongoUri, dataDir, serving: false });
  try {
    const checks = checksOf({ config, stores, clock: systemClock, log: createLogger('silent') });
    const findings = [...(await runChecks(checks)), ...(await checkPhone(config))];
    for (const { name, finding } of findings) io.out(`${MARKS[finding.verdict]} ${name}: ${finding.says}`);
    return findings.some(({ finding }) => finding.verdict === 'fails') ? 1 : 0;
  } finally {
    await stores.close();
  }
}

/** What Twilio knows of the number, where there are credentials to ask with. */
async function checkPhone({ twilio, publicUrl, smsFrom }: Config): Promise<NamedFinding[]> {
  if (twilio === undefined)
    return [phone('fails', 'it is off: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN')];
  if (twilio.apiBaseUrl === LOCAL_PHONE_URL) return [phone('look', 'it is the local one: no token is set')];
  if (publicUrl === undefined) return [phone('fails', 'set PUBLIC_URL: Twilio cannot find this service')];
  const findings = await checkNumber(twilio, { number: twilio.number, smsFrom, publicUrl });
  return findings.map(({ kind, text }) => phone(kind === 'good' ? 'fine' : 'fails', text));
}

const phone = (verdict: Verdict, says: string): NamedFinding => ({
  name: 'phone',
  finding: { verdict, says },
});
