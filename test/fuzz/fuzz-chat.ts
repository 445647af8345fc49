import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { residentMegabytes } from '../bench/chat-load.js';
import { seededRandom } from '../support/seeded-random.js';
import { startProcess } from '../support/service-process.js';
import { fuzzChat } from './chat-fuzz.js';

/** `npm run fuzz:chat`: 50,000 malformed requests and frames to a service of its own. Linux only: it reads /proc. */
const CASES = Number(process.env.FUZZ_CASES ?? 50_000);
const SEED = process.env.FUZZ_SEED ?? 'chat';
/** A service that kept something of every request would run out of it. */
const HEAP_MEGABYTES = 128;
const STEP = Math.max(1_000, CASES / 10);

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
  const service = await startProcess({ DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent' }, [
    `--max-old-space-size=${HEAP_MEGABYTES}`,
    path.resolve('dist/src/cli/main.js'),
    'serve',
  ]);
  const memory: { done: number; megabytes: number }[] = [];
  try {
    const { statuses, failures } = await fuzzChat({
      base: service.url,
      random: seededRandom(SEED),
      cases: CASES,
      progress: (done) => memory.push({ done, megabytes: residentMegabytes(service.pid, 'RssAnon') }),
    });
    const ready = (await fetch(`${service.url}/readyz`)).status;
    report({ statuses, failures, ready });
    const every = memory.filter(({ done }) => done % STEP === 0);
    const trend = every.map(({ done, megabytes }) => `${megabytes.toFixed(0)} MB after ${done}`);
    process.stdout.write(
      `heap of ${HEAP_MEGABYTES} MB at most; memory without the store's file: ${trend.join(', ')}\n`,
    );
    if (failures.length > 0 || ready !== 200) process.exitCode = 1;
  } finally {
    await service.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(parts: { statuses: Map<number, number>; failures: string[]; ready: number }): void {
  const counts = [...parts.statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${status}: ${count}`);
  process.stdout.write(`${CASES} cases, seed ${SEED}: ${counts.join(', ')}; 0 is a closed connection\n`);
  process.stdout.write(`failures: ${parts.failures.length}; ready afterwards: ${parts.ready === 200}\n`);
  for (const failure of parts.failures.slice(0, 20)) process.stdout.write(`  ${failure}\n`);
}

await main();
