import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Commands and tests run from the root of the repository. */
const MAIN = path.resolve('dist/src/cli/main.js');
const LISTENS_WITHIN_MS = 20_000;

/** The service as an operations team runs it: a process of its own. */
export interface ServiceProcess {
  url: string;
  pid: number;
  /** From the start of the process to the address it prints. */
  startedInMs: number;
  /** @returns the exit code, or the signal that ended it */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | string>;
}

/** Starts what `npm run build` has left in `dist/`; another program only if it prints its address alike. */
export async function startProcess(
  environment: Record<string, string>,
  program: readonly string[] = [MAIN, 'serve'],
): Promise<ServiceProcess> {
  const begun = performance.now();
  const child = spawn(process.execPath, program, {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  const url = await addressOf(child, ended);
  return {
    url,
    pid: child.pid ?? 0,
    startedInMs: performance.now() - begun,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

async function addressOf(child: ChildProcess, ended: Promise<number | string>): Promise<string> {
  let printed = '';
  const found = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        printed += String(chunk);
        const address = /^Chat\s+(\S+)\/$/m.exec(printed)?.[1];
        if (address !== undefined) resolve(address);
      });
  });
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('the service did not start in time')), LISTENS_WITHIN_MS).unref();
  });
  const gone = ended.then((how) => {
    throw new Error(`the service ended (${how}): ${printed}`);
  });
  gone.catch(() => undefined);
  return Promise.race([found, late, gone]);
}
