import { arch, cpus, loadavg, platform, totalmem } from 'node:os';

/** Every figure goes with the machine that made it. */
export function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cpu?.model.trim() || arch()} × ${cpus().length}, ${memory} GiB, ${platform()}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`;
}

export interface Timing {
  p50: number;
  p95: number;
  /** Processor time of this process for one run: other work on the machine does not change it. */
  cpu: number;
}

/** All in milliseconds. */
export async function timed(runs: number, run: (index: number) => unknown): Promise<Timing> {
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let index = 0; index < runs; index += 1) {
    const started = performance.now();
    await run(index);
    times.push(performance.now() - started);
  }
  const { user, system } = process.cpuUsage(before);
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(runs - 1, Math.floor(share * runs))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), cpu: (user + system) / 1_000 / runs };
}

export const shown = ({ p50, p95, cpu }: Timing): string =>
  `p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms, processor ${cpu.toFixed(2)} ms`;

export const print = (line = ''): void => void process.stdout.write(`${line}\n`);
