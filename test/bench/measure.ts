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
  /** Processor time of this process for one run, mean and p95: other work on the machine hardly changes it. */
  cpu: number;
  cpu95: number;
}

/** All in milliseconds. */
export async function timed(runs: number, run: (index: number) => unknown): Promise<Timing> {
  const times: number[] = [];
  const cpus: number[] = [];
  for (let index = 0; index < runs; index += 1) {
    const before = process.cpuUsage();
    const started = performance.now();
    await run(index);
    times.push(performance.now() - started);
    const { user, system } = process.cpuUsage(before);
    cpus.push((user + system) / 1_000);
  }
  const mean = cpus.reduce((a, b) => a + b, 0) / runs;
  return { p50: at(times, 0.5), p95: at(times, 0.95), cpu: mean, cpu95: at(cpus, 0.95) };
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export const shown = ({ p50, p95, cpu, cpu95 }: Timing): string =>
  `p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms; processor ${cpu.toFixed(2)} ms, p95 ${cpu95.toFixed(2)} ms`;

export const print = (line = ''): void => void process.stdout.write(`${line}\n`);
