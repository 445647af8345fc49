import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { startProcess } from '../support/service-process.js';
import { type Measured, measure, type Target, type Turns } from './bench-calls.js';

/**
 * The voice webhooks beside an Express server that only checks the signature and answers a fixed TwiML, in turns,
 * on this machine. The service keeps every turn durably in its embedded store.
 */
const KEYPAD: Turns = [{ Digits: '2' }, { Digits: '*' }, { Digits: '2' }, { Digits: '*' }];
const SPEECH: Turns = [
  { SpeechResult: 'je suis en conflit avec mon chef d’établissement depuis la rentrée' },
  { SpeechResult: 'je travaille dans l’académie de Nancy-Metz' },
  { SpeechResult: 'je voudrais savoir si je peux demander un poste adapté' },
  { SpeechResult: 'non, autre chose' },
];
const ROUNDS = 3;
const AT_ONCE = 20;
const MANY = 200;

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const shown = ({ perSecond, p50, p99 }: Measured): string =>
  `${perSecond.toFixed(0).padStart(6)} turns/s   p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms`;

const folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
const service = await startProcess({
  DATA_DIR: folder,
  PORT: '0',
  DEMO: '1',
  TWILIO_API_BASE_URL: 'http://127.0.0.1:9',
});
const keys = JSON.parse(readFileSync(path.join(folder, 'keys.json'), 'utf8')) as { twilioAuthToken: string };
const beside = fork(path.join(import.meta.dirname, 'fixed-twiml-server.js'), [keys.twilioAuthToken]);
const [port] = (await once(beside, 'message')) as [number];

try {
  const ours: Target = { url: service.url, token: keys.twilioAuthToken };
  const fixed: Target = { url: `http://127.0.0.1:${port}`, token: keys.twilioAuthToken };
  await run(ours, fixed);
} finally {
  beside.kill();
  await service.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}

async function run(ours: Target, fixed: Target): Promise<void> {
  say(
    `${cpus()[0]?.model}, ${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.version}`,
  );
  const load = { callers: AT_ONCE, each: 20 };
  for (const turns of [KEYPAD, SPEECH]) await measure(ours, { ...load, turns, each: 4 });
  await measure(fixed, { ...load, turns: KEYPAD });
  const rates = { fixed: [] as number[], keypad: [] as number[], speech: [] as number[] };
  for (let round = 1; round <= ROUNDS; round += 1) {
    const measured = {
      fixed: await measure(fixed, { ...load, turns: KEYPAD }),
      keypad: await measure(ours, { ...load, turns: KEYPAD }),
      speech: await measure(ours, { ...load, turns: SPEECH }),
    };
    for (const name of ['fixed', 'keypad', 'speech'] as const) {
      rates[name].push(measured[name].perSecond);
      say(`round ${round}  ${name.padEnd(7)} ${shown(measured[name])}`);
    }
  }
  const base = median(rates.fixed);
  say(`keypad turns: ${((100 * median(rates.keypad)) / base).toFixed(0)} % of the fixed answer (aim: 50 %)`);
  say(`speech turns: ${((100 * median(rates.speech)) / base).toFixed(0)} % of the fixed answer (aim: 25 %)`);
  for (const [name, turns] of [
    ['keypad', KEYPAD],
    ['speech', SPEECH],
  ] as const)
    say(
      `${MANY} calls at once, ${name}: ${shown(await measure(ours, { callers: MANY, turns, each: 8 }))} (aim: p99 100 ms)`,
    );
}
