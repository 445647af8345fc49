import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createProvidedAccounts } from './accounts/provided-identity.js';
import { createApp } from './app.js';
import type { Booking } from './booking/booking.js';

import {
  authenticationOf,
  createBotFrameworkChannel,
} from './channels/bot-framework/bot-framework-channel.js';

import { createCalendarFeed } from './channels/calendar/calendar-feed.js';

import { createTwilioChannel } from './channels/twilio/twilio-channel.js';
import { createWebChat } from './channels/web-chat/web-chat.js';
import { compose, type Service } from './compose.js';
import type { Config } from './config.js';
import { createApi } from './console/api/api.js';
import { createConsole } from './console/console.js';
import { createRefusalPage } from './console/refusal-page.js';
import { createIdentityProvider } from './console/sign-in/identity-provider.js';
import { isPaused } from './handoff/presences.js';
import { purgeNow } from './jobs/purge-now.js';
import { jobsOf, startJobs } from './jobs/schedule.js';
import { startDeskWatch } from './jobs/watch-desk.js';
import { type Clock, systemClock } from './kernel/clock.js';
import { StartError } from './kernel/errors.js';
import { createLogger, type Logger } from './kernel/log.js';
import { type Random, systemRandom } from './kernel/random.js';
import { Exchange } from './local-phone/telephone/exchange.js';
import { createTelephonePage } from './local-phone/telephone/telephone-page.js';
import { bilanWords } from './operations/bilan-words-of.js';
import { demonstrationCode, demonstrationPhoneOf } from './operations/demonstration.js';
import { createHealth } from './operations/health.js';
import { placeOf } from './storage/counted-stores.js';
import { openStore } from './storage/open-store.js';
import type { Stores } from './storage/stores.js';

export interface RunningService {
  url: string;
  /** Where this process listens, whatever stands in front. */
  port: number;
  service: Service;
  /** Takes no new turns, finishes those running within 10 s, then closes the store. */
  stop(): Promise<void>;
}

const FINISH_TURNS_MS = 10_000;
const CLOSE_IDLE_MS = 50;

/**
 * Opens the store, joins the parts and listens.
 * @throws StartError with one sentence on what to do
 */
export async function startService(
  config: Config,
  parts: { clock?: Clock; random?: Random; log?: Logger } = {},
): Promise<RunningService> {
  const clock = parts.clock ?? systemClock;
  const random = parts.random ?? systemRandom;
  const log = parts.log ?? createLogger(config.logLevel);
  const stores = await openStore({ mongoUri: config.mongoUri, dataDir: config.dataDir, serving: true });
  const server = createServer();
  const publicUrl = (): string => config.publicUrl ?? addressOf(server, config);
  try {
    const service = await compose({ config, clock, random, log, stores, publicUrl });
    return await serve({ service, server, stores, clock, random, publicUrl });
  } catch (error) {
    await stores.close();
    throw error;
  }
}

interface Serving {
  service: Service;
  server: Server;
  stores: Stores;
  clock: Clock;
  random: Random;
  publicUrl: () => string;
}

async function serve({
  service,
  server,
  stores,
  clock,
  random,
  publicUrl,
}: Serving): Promise<RunningService> {
  const { config, log } = service;
  let accepting = true;
  const stopping = new AbortController();
  const webChat = createWebChat({
    ...service,
    atDesk: {
      ready: async () =>
        (await service.presences.there()).filter((one) => !isPaused(one, clock.now())).length,
    },
    clock,
    random,
    translate: service.translations.written,
    directLineSecret: config.directLineSecret,
    exitUrl: config.exitUrl,
    transcriptDays: config.transcriptDays,
    publicUrl,
  });
  const botFramework = botFrameworkChannel(service, clock);
  const telephone = telephonePage(service, publicUrl);
  const jobParts = { ...service, clock, placeOf: (booking: Booking) => placeOf(stores.diary, booking) };
  const app = createApp({
    log,
    trustProxy: config.trustProxy,
    health: createHealth({ accepting: () => accepting, ping: () => stores.ping() }),
    metrics: service.metrics.router,
    webChat: webChat.router,
    twilio: twilioRouter(service),
    botFramework: botFramework?.router,
    telephone: telephone?.router,
    calendars: createCalendarFeed(service.calendars),
    api: createApi({ ...service, clock, random, secureCookies: config.production }),
    staffRefusal: createRefusalPage(service.translations.written),
    console: createConsole({
      ...service,
      clock,
      translate: service.translations.written,
      secureCookies: config.production,
      ...(config.demo ? { codeHint: demonstrationCode({ clock, store: stores.secondFactors }) } : {}),
      random,
      purge: () => purgeNow(jobsOf(jobParts)),
      ...providerOf(service, { random, publicUrl }),
      bilanWords: bilanWords(service.translations),
      stopping: stopping.signal,
    }),
  });
  server.on('request', app);
  server.on('upgrade', (request, socket, head) => {
    if (!webChat.stream.handleUpgrade(request, socket, head)) socket.destroy();
  });
  await listen(server, config);
  const stopJobs = startJobs({ ...jobParts, random });

  const stopWatch = startDeskWatch({ watch: service.deskWatch, log });

  return {
    url: publicUrl(),
    port: (server.address() as AddressInfo).port,
    service,
    stop: async () => {
      accepting = false;
      stopJobs();
      stopWatch();
      stopping.abort();
      webChat.stream.close();
      botFramework?.close();
      await telephone?.close();
      await Promise.race([
        Promise.all([closeServer(server), service.turns.idle(), service.textLine.idle()]),
        afterMs(FINISH_TURNS_MS),
      ]);
      server.closeAllConnections();
      service.feed.close();
      await service.tally.settled();
      await stores.close();
    },
  };
}

/** Demonstration only: `readConfig` refuses it anywhere but on loopback. */
function telephonePage({ config, translations }: Service, serviceUrl: () => string) {
  const { twilio } = config;
  const local = twilio?.apiBaseUrl === undefined ? undefined : new URL(twilio.apiBaseUrl);
  if (!config.demo || twilio === undefined || local?.hostname !== '127.0.0.1') return undefined;
  const { accountSid, authToken } = twilio;
  const exchange = new Exchange({
    ...{ accountSid, authToken, serviceUrl, port: Number(local.port) },
    phoneOf: demonstrationPhoneOf,
  });
  const t = (key: string): string => translations.written('fr', key);
  return { router: createTelephonePage({ exchange, t }), close: () => exchange.close() };
}

function providerOf(service: Service, { random, publicUrl }: Pick<Serving, 'random' | 'publicUrl'>) {
  const { oidc } = service.config;
  if (oidc === undefined) return {};
  const identities = createIdentityProvider(oidc);
  return { provider: { identities, accountOf: createProvidedAccounts({ ...service, random }), publicUrl } };
}

function botFrameworkChannel(service: Service, clock: Clock) {
  const { microsoft } = service.config;
  if (microsoft === undefined) return undefined;
  const idKey = service.secrets.derive('bot-framework');
  return createBotFrameworkChannel({
    ...service,
    authentication: authenticationOf(microsoft),
    appId: microsoft.appId,
    deliveries: service.stores.deliveries,
    clock,
    idKey,
  });
}

function twilioRouter(service: Service) {
  const { config, callFlow, secrets, translations, log } = service;
  const { twilio } = config;
  if (twilio === undefined) return undefined;
  const previous = twilio.authTokenPrevious === undefined ? [] : [twilio.authTokenPrevious];
  return createTwilioChannel({
    flow: callFlow,
    signature: { tokens: [twilio.authToken, ...previous], publicUrl: config.publicUrl },
    callKey: secrets.derive('call'),
    translations,
    lastResortNumber: config.lastResortNumber,
    callerId: twilio.number,
    suicideLineDial: config.suicideLineDial,
    carrierRecords: service.carrierRecords,
    droppedCalls: service.droppedCalls,
    deskPhones: service.deskPhones,
    texts: service.textLine,
    log,
  });
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, host)));
    server.listen(port, host, resolve);
  });
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE')
    return new StartError(`PORT: ${port} is in use; stop what uses it, or set PORT to another.`, {
      cause: error,
    });
  return new StartError(`HOST: ${host}, port ${port} cannot be listened on (${error.code ?? 'unknown'}).`, {
    cause: error,
  });
}

function addressOf(server: Server, config: Config): string {
  const port = (server.address() as AddressInfo | null)?.port ?? config.port;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return `http://${host}:${port}`;
}

/** A connection kept alive by its client becomes idle after its answer: it is closed then, not waited for. */
async function closeServer(server: Server): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_MS);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearInterval(idle);
}

const afterMs = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
