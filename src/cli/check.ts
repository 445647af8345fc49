import { parseArgs } from 'node:util';
import { loadTranslations } from '../../locales/translate.js';
import { checkNumber, type Finding } from '../channels/twilio/check-number.js';
import { renderFailure } from '../channels/twilio/failure-twiml.js';
import { type Config, LOCAL_PHONE_URL, readConfig } from '../config.js';
import { after, DAY, systemClock } from '../kernel/clock.js';
import { systemRandom } from '../kernel/random.js';
import { gapsIn, type RosterEntry } from '../phone-line/roster.js';
import { openStore } from '../storage/open-store.js';
import { type Command, UsageError } from './command.js';

const ROSTER_DAYS = 14;

export const check: Command = {
  name: 'check',
  summary: 'whether callers would be answered: configuration, store, Twilio, roster',
  usage: '  --fallback-twiml   prints the document to be hosted at the carrier for when the service is down',
  async run(args, io) {
    const options = readArguments(args);
    const config = readConfig(io.environment, systemRandom);
    if (options['fallback-twiml'] === true) {
      const { lastResortNumber, twilio } = config;
      io.out(renderFailure(loadTranslations(), { lastResortNumber, callerId: twilio?.number ?? '' }));
      return 0;
    }
    const findings = [
      good('The configuration can be read.'),
      ...(await checkStore(config)),
      ...(await checkPhone(config)),
    ];
    for (const { kind, text } of findings) io.out(`${kind === 'good' ? 'ok   ' : 'FAULT'} ${text}`);
    return findings.some(({ kind }) => kind === 'fault') ? 1 : 0;
  },
};

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { 'fallback-twiml': { type: 'boolean' } } }).values;
  } catch {
    throw new UsageError('check does not know one of these options.');
  }
}

async function checkStore({ mongoUri, dataDir }: Config): Promise<Finding[]> {
  const stores = await openStore({ mongoUri, dataDir, serving: false });
  try {
    await stores.ping();
    return [good('The store answers.'), checkRoster(await stores.roster.list())];
  } finally {
    await stores.close();
  }
}

/** A line without a roster goes by its switches; one with a roster should have no hole in it. */
function checkRoster(roster: readonly RosterEntry[]): Finding {
  if (roster.length === 0) return good('There is no roster: psychologists go by their own switch.');
  const from = systemClock.now();
  const gaps = gapsIn(roster, { from, to: after(from, ROSTER_DAYS * DAY), role: 'psychologist', atLeast: 1 });
  return good(`The roster of the next ${ROSTER_DAYS} days has ${gaps.length} gaps without a psychologist.`);
}

async function checkPhone(config: Config): Promise<Finding[]> {
  const { twilio, publicUrl, lastResortNumber } = config;
  if (twilio === undefined) return [fault('The phone is off: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.')];
  if (twilio.apiBaseUrl === LOCAL_PHONE_URL)
    return [good('The phone is the local one: no Twilio token is set.')];
  const lastResort =
    lastResortNumber === ''
      ? [fault('Set LAST_RESORT_NUMBER: when everything fails nobody would be dialled.')]
      : [good('A last resort is dialled when everything fails.')];
  if (publicUrl === undefined)
    return [...lastResort, fault('Set PUBLIC_URL: Twilio cannot find this service.')];
  return [...lastResort, ...(await checkNumber(twilio, { number: twilio.number, publicUrl }))];
}

const good = (text: string): Finding => ({ kind: 'good', text });
const fault = (text: string): Finding => ({ kind: 'fault', text });
