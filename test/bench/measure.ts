import { arch, cpus, platform, totalmem } from 'node:os';

/** Every figure goes with the machine that made it. */
export function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cpu?.model.trim() || arch()} × ${cpus().length}, ${memory} GiB, ${platform()}, Node ${process.version}`;
}

export interface Timing {
  p50: number;
  p95: number;
}

/** Milliseconds of each run, in order. */
export async function timed(runs: number, run: (index: number) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < runs; index += 1) {
    const started = performance.now();
    await run(index);
    times.push(performance.now() - started);
  }
  return times;
}

export function timing(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

export const shown = ({ p50, p95 }: Timing): string => `p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms`;

export const print = (line = ''): void => void process.stdout.write(`${line}\n`);
