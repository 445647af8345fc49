import { readConfig } from '../config.js';
import { systemClock } from '../kernel/clock.js';
import { systemRandom } from '../kernel/random.js';
import type { startService as StartService } from '../main.js';
import { DEMONSTRATION_PASSWORD, fillDemonstration } from '../operations/demonstration.js';
import { type Command, type CommandIo, UsageError } from './command.js';

export const serve: Command = {
  name: 'serve',
  summary: 'the service',
  usage: '  --demo   demonstration data and accounts, on loopback only',
  async run(args, io) {
    const unknown = args.find((arg) => arg !== '--demo');
    if (unknown !== undefined) throw new UsageError(`serve does not know ${unknown}.`);
    const demo = args.includes('--demo') ? { DEMO: '1' } : {};
    const config = readConfig({ ...io.environment, ...demo }, systemRandom);
    // The web server and its adapters are heavy: the other commands start without them.
    const { startService } = await import('../main.js');
    const running = await startService(config);
    if (config.demo) await fillDemonstration({ ...running.service, clock: systemClock });
    await announce(running, io, config.demo);
    await new Promise<void>((resolve) => {
      if (io.signal.aborted) resolve();
      else io.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await running.stop();
    return 0;
  },
};

async function announce(
  { url, service }: Awaited<ReturnType<typeof StartService>>,
  io: CommandIo,
  demo: boolean,
): Promise<void> {
  io.out(`Chat      ${url}/`);
  io.out(`Console   ${url}/console`);
  io.out(
    service.config.twilio === undefined
      ? 'Phone     off: TWILIO_AUTH_TOKEN is not set'
      : `Phone     ${url}/twilio/voice`,
  );
  if (demo) {
    io.out(
      `Sign in   camille (operator), andrea (coordinator), psy1 (psychologist) or morgan (admin), password ${DEMONSTRATION_PASSWORD}`,
    );
    io.out('          the second step shows the code, in the demonstration only');
    io.out(`Phones    ${url}/telephone    (three of them, in the browser)`);
    io.out('Call      npx numero-unique call    (in another terminal)');
    return;
  }
  if ((await service.accounts.list()).length === 0)
    io.out('Sign in   create the first account: npx numero-unique user add --login NAME --role admin');
}
