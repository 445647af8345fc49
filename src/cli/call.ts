import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CodedError } from '../kernel/errors.js';
import { type Behaviour, Network } from '../local-phone/network.js';
import { professional } from '../local-phone/professional.js';
import { type Command, type CommandIo, UsageError } from './command.js';
import { readScript, SCRIPT_USAGE } from './script.js';
import { createScriptedCaller } from './scripted-caller.js';
import { createTerminalCaller } from './terminal-caller.js';

const DEFAULT_PORT = '3978';
const DEFAULT_LISTEN = '3979';
/** What Twilio sends for a caller who withholds the number. */
const WITHHELD = '+266696687';
const SCRIPT_SECOND_MS = 20;
const REAL_SECOND_MS = 1_000;

const BEHAVIOURS: readonly Behaviour[] = ['answers', 'refuses', 'voicemail', 'no-answer', 'busy'];
const keysSchema = z.object({ twilioAuthToken: z.string(), twilioAccountSid: z.string() });

export const call: Command = {
  name: 'call',
  summary: 'a phone in the terminal, through the voice webhooks',
  usage: [
    `  --url ADDRESS        of the running service (http://127.0.0.1:${DEFAULT_PORT})`,
    `  --listen PORT        where this telephone network is reached (${DEFAULT_LISTEN})`,
    '  --from NUMBER        your number (withheld)',
    `  --psychologist HOW   ${BEHAVIOURS.join(' | ')} (answers)`,
    '  --script FILE        plays its lines and prints what is heard',
    SCRIPT_USAGE,
  ].join('\n'),
  async run(args, io) {
    const options = readArguments(args);
    const base = options.url ?? `http://127.0.0.1:${io.environment.PORT ?? DEFAULT_PORT}`;
    await checkReachable(base);
    const caller =
      options.script === undefined
        ? createTerminalCaller(io)
        : createScriptedCaller(io, readScript(options.script));
    const network = new Network({
      ...credentials(io),
      secondMs: options.script === undefined ? REAL_SECOND_MS : SCRIPT_SECOND_MS,
      callee: (number) => ({
        behaviour: options.psychologist,
        party: professional(options.psychologist, (line) => io.out(`   [${number.slice(-3)}] ${line}`)),
      }),
      rings: (number) => io.out(`   [${number.slice(-3)}] sonne`),
    });
    await listen(network, Number(options.listen));
    const leg = network.dial({
      url: `${base}/twilio/voice`,
      from: options.from,
      to: '+33100000000',
      statusCallback: `${base}/twilio/status`,
      party: caller,
    });
    io.signal.addEventListener('abort', () => leg.hangUp());
    const end = await leg.run();
    await network.close();
    if (end.kind === 'failed')
      throw new CodedError('unavailable', `The service answered ${end.status} to a webhook.`);
    return caller.outcome();
  },
};

function readArguments(args: readonly string[]) {
  const options = {
    url: { type: 'string' },
    listen: { type: 'string', default: DEFAULT_LISTEN },
    from: { type: 'string', default: WITHHELD },
    psychologist: { type: 'string', default: 'answers' },
    script: { type: 'string' },
  } as const;
  const { values } = parse(() => parseArgs({ args: [...args], options }));
  const psychologist = BEHAVIOURS.find((known) => known === values.psychologist);
  if (psychologist === undefined) throw new UsageError(`--psychologist is one of ${BEHAVIOURS.join(', ')}.`);
  return { ...values, psychologist };
}

function parse<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw new UsageError('call does not know one of these options.');
  }
}

/** The token this phone signs with: the one configured, or the one the service made for itself on loopback. */
function credentials({ environment }: CommandIo): { accountSid: string; authToken: string } {
  const { TWILIO_AUTH_TOKEN, TWILIO_ACCOUNT_SID, DATA_DIR = './var' } = environment;
  if (TWILIO_AUTH_TOKEN && TWILIO_ACCOUNT_SID)
    return { authToken: TWILIO_AUTH_TOKEN, accountSid: TWILIO_ACCOUNT_SID };
  try {
    const keys = keysSchema.parse(JSON.parse(readFileSync(path.join(DATA_DIR, 'keys.json'), 'utf8')));
    return { authToken: keys.twilioAuthToken, accountSid: keys.twilioAccountSid };
  } catch (cause) {
    throw new CodedError(
      'unavailable',
      `DATA_DIR: no keys in ${DATA_DIR}; start the service first: npm run demo.`,
      {
        cause,
      },
    );
  }
}

async function checkReachable(base: string): Promise<void> {
  try {
    await fetch(`${base}/healthz`);
  } catch (cause) {
    throw new CodedError('unavailable', `No service answers at ${base}; start it: npm run demo.`, { cause });
  }
}

async function listen(network: Network, port: number): Promise<void> {
  try {
    await network.listen(port);
  } catch (cause) {
    throw new CodedError('unavailable', `Port ${port} is in use; choose another with --listen.`, { cause });
  }
}
