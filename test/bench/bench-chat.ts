import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ServiceProcess, startProcess } from '../support/service-process.js';
import { cpuSeconds, LoadedChat, percentile, residentMegabytes } from './chat-load.js';

/**
 * `npm run bench:chat`: many open chats on one process, and the processor time of a durable turn beside the
 * SDK's EchoBot with its state in memory, through the same endpoint. Linux only: it reads /proc.
 */
const SECRET = 'secret-for-this-bench-only';
const CHATS = Number(process.env.BENCH_CHATS ?? 2_000);
const TURNS_PER_SECOND = 100;
const SECONDS = 30;
const OPENED_AT_ONCE = 20;
const ROUNDS = 5;
/** Rounds before the first that counts: a service runs for weeks, and its code is compiled as it runs. */
const WARM_UP = 3;
const TURNS_A_ROUND = 600;
const PAIRS = 20;
const WORDS = [
  'je suis très fatiguée en ce moment',
  'je suis en conflit avec ma cheffe',
  'je voudrais changer de métier',
  'mon travail me pèse et je dors mal',
];

const out = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const words = (count: number): string => `${WORDS[count % WORDS.length]}, fois ${count}`;

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
  out(`${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`);
  const service = await startProcess({ DATA_DIR: folder, PORT: '0', DIRECT_LINE_SECRET: SECRET });
  const echo = await startProcess({}, [path.resolve('dist/test/bench/echo-service.js'), SECRET]);
  try {
    await compareTurns(service, echo);
    await echo.end('SIGKILL');
    await manyChats(service);
  } finally {
    await Promise.all([service.end('SIGKILL'), echo.end('SIGKILL')]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rounds of one, then of the other: what else the machine does falls on both. */
async function compareTurns(service: ServiceProcess, echo: ServiceProcess): Promise<void> {
  const chats = { service: await openChats(service, PAIRS), echo: await openChats(echo, PAIRS) };
  const ratios: number[] = [];
  const costs = { service: [] as number[], echo: [] as number[] };
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const durable = await costOfTurns(service, chats.service, round);
    const memory = await costOfTurns(echo, chats.echo, round);
    if (round < 0) continue;
    costs.service.push(durable);
    costs.echo.push(memory);
    ratios.push(durable / memory);
  }
  for (const chat of [...chats.service, ...chats.echo]) chat.close();
  out(
    `durable turn ${percentile(costs.service, 0.5).toFixed(2)} ms of processor, EchoBot in memory ${percentile(costs.echo, 0.5).toFixed(2)} ms, ratio ${percentile(ratios, 0.5).toFixed(2)} (median of ${ROUNDS} rounds; at most 2 is aimed at)`,
  );
}

/** @returns milliseconds of processor time a turn */
async function costOfTurns(
  service: ServiceProcess,
  chats: readonly LoadedChat[],
  round: number,
): Promise<number> {
  const before = cpuSeconds(service.pid);
  const each = TURNS_A_ROUND / chats.length;
  const talk = async (chat: LoadedChat): Promise<void> => {
    for (let count = 0; count < each; count += 1) await chat.say(words(count), `r${round}-${count}`);
  };
  await Promise.all(chats.map(talk));
  return ((cpuSeconds(service.pid) - before) * 1_000) / TURNS_A_ROUND;
}

async function openChats(service: ServiceProcess, many: number): Promise<LoadedChat[]> {
  const chats: LoadedChat[] = [];
  while (chats.length < many) {
    const next = Math.min(OPENED_AT_ONCE, many - chats.length);
    chats.push(
      ...(await Promise.all(Array.from({ length: next }, () => LoadedChat.open(service.url, SECRET)))),
    );
  }
  return chats;
}

async function manyChats(service: ServiceProcess): Promise<void> {
  const chats = await openChats(service, CHATS);
  const opened = residentMegabytes(service.pid);
  const cpu = cpuSeconds(service.pid);
  const begun = performance.now();
  const waiting: Promise<number>[] = [];
  const said: { chat: LoadedChat; key: string }[] = [];
  for (let count = 0; count < TURNS_PER_SECOND * SECONDS; count += 1) {
    await sleep(Math.max(0, begun + (count * 1_000) / TURNS_PER_SECOND - performance.now()));
    const chat = chats[(count * 7) % chats.length] as LoadedChat;
    const key = `k${count}`;
    said.push({ chat, key });
    waiting.push(chat.say(words(count), key));
  }
  const settled = await Promise.allSettled(waiting);
  const seconds = (performance.now() - begun) / 1_000;
  await sleep(1_000);
  const times = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const wrong = said.filter(({ chat, key }) => chat.echoes.get(key) !== 1).length;
  const used = ((cpuSeconds(service.pid) - cpu) / seconds) * 100;
  out(
    `${CHATS} open chats, ${(settled.length / seconds).toFixed(0)} turns/s for ${seconds.toFixed(0)} s: ${wrong} lost or doubled, ${settled.length - times.length} failed`,
  );
  out(
    `post to answer on the socket p50 ${percentile(times, 0.5).toFixed(0)} ms, p99 ${percentile(times, 0.99).toFixed(0)} ms (aim 150); memory ${opened.toFixed(0)} MB with all open, ${residentMegabytes(service.pid).toFixed(0)} MB after (aim 400); processor ${used.toFixed(0)} % of a core`,
  );
  for (const chat of chats) chat.close();
  if (wrong > 0) process.exitCode = 1;
}

await main();
