import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadTranslations } from '../../locales/translate.js';
import { compose, type Service } from '../../src/compose.js';
import { readConfig } from '../../src/config.js';
import type { Channel } from '../../src/conversations/conversation.js';
import { createJobRunner } from '../../src/jobs/job-runner.js';
import { jobsOf } from '../../src/jobs/schedule.js';
import { DAY, HOUR, SECOND } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { createLogger } from '../../src/kernel/log.js';
import { bilanWords } from '../../src/operations/bilan-words-of.js';
import { fillDemonstration } from '../../src/operations/demonstration.js';
import { bilanOf } from '../../src/reporting/bilan.js';
import { bilanPage } from '../../src/reporting/bilan-html.js';
import { placeOf } from '../../src/storage/counted-stores.js';
import { openStore } from '../../src/storage/open-store.js';
import { frozenClock } from '../support/frozen-clock.js';
import { seededRandom } from '../support/seeded-random.js';

/** A year that never was: every figure comes from this script, none from a caller. */
const YEAR = 2025;
const CONTACTS_A_DAY = Number(process.argv[3] ?? 2);
const OUTPUT = process.argv[2] ?? 'docs/bilan-demonstration.html';

const ACADEMIES = ['Strasbourg', 'Nancy', 'Marseille', 'Avignon', 'Metz', 'Lyon'];
const PEOPLE = ['professeure des écoles', 'professeur au lycée', 'principal adjoint', 'AESH', 'secrétaire'];
const BOOK = ['je voudrais prendre rendez-vous avec un psychologue', 'Prendre rendez-vous'];

/** What callers do, with how often out of 100. */
const STORIES: readonly {
  weight: number;
  channel: Channel;
  lines: (place: string, who: string) => string[];
}[] = [
  { weight: 22, channel: 'web', lines: (_, who) => [`je suis ${who}`, ...BOOK, 'Par téléphone', '1', 'Oui'] },
  { weight: 18, channel: 'web', lines: (place) => [...BOOK, 'En face à face', place, '1', 'Oui'] },
  { weight: 12, channel: 'phone', lines: () => [...BOOK, 'Par téléphone', '1', 'Oui'] },
  {
    weight: 12,
    channel: 'web',
    lines: (place) => ['je suis en conflit avec mon chef d’établissement', place],
  },
  {
    weight: 8,
    channel: 'web',
    lines: (place) => ['ma santé m’empêche de faire cours', place, 'Le service suivant'],
  },
  { weight: 6, channel: 'web', lines: (place) => ['je voudrais changer de métier', place] },
  { weight: 5, channel: 'sms', lines: (place) => ['j’ai des problèmes d’argent', place] },
  { weight: 12, channel: 'phone', lines: () => ['je voudrais parler à un psychologue maintenant'] },
  { weight: 3, channel: 'web', lines: () => ['une personne s’il vous plaît'] },
  { weight: 2, channel: 'web', lines: () => ['je veux mourir'] },
];

const random = seededRandom();
const clock = frozenClock(`${YEAR}-01-01T08:00:00Z`);
const pick = <T>(list: readonly T[]): T => list[random.integer(list.length)] as T;

/** As many entries as its weight: one in a hundred is one entry. */
const DRAWS = STORIES.flatMap((story) => Array.from({ length: story.weight }, () => story));

/** Codes given today, and those of appointments to come that will be followed by another. */
const booked: string[] = [];
const coming: string[] = [];

/** Stands where the carrier's API would: every call is placed. */
async function carrier(): Promise<Server> {
  let calls = 0;
  const server = createServer((request, response) => {
    request.resume();
    calls += 1;
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ sid: `CA${String(calls).padStart(32, '0')}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function contact(service: Service): Promise<void> {
  const { channel, lines } = pick(DRAWS);
  const { id } = await service.conversations.open({ channel, language: 'fr' });
  await service.takeTurn({ conversation: id, key: 'start', kind: 'start', text: '' });
  for (const [index, text] of lines(pick(ACADEMIES), pick(PEOPLE)).entries()) {
    clock.advance(20 * SECOND);
    const { messages } = await service.takeTurn({ conversation: id, key: `k${index}`, kind: 'text', text });
    for (const { card } of messages) if (card?.kind === 'appointment') booked.push(card.code);
  }
  await answerPhone(service, id);
  await answerDesk(service, id);
}

/** Nine callers in ten are answered by whoever is rung first. */
async function answerPhone(service: Service, conversation: Parameters<Service['conversations']['head']>[0]) {
  const request = (await service.conversations.head(conversation))?.lineRequest;
  if (request === undefined || request === null) return;
  await service.phoneLine.advance(request);
  clock.advance((5 + random.integer(60)) * SECOND);
  const state = (await service.stores.lineRequests.get(request))?.state;
  if (state?.kind !== 'ringing' || random.integer(10) === 0) {
    await service.phoneLine.leave(request);
    return;
  }
  const responder = state.rings[0]?.responder;
  if (responder === undefined) return;
  await service.phoneLine.accept(request, { responder, leg: asId(`leg-${clock.now()}`) });
  clock.advance(20 * 60 * SECOND);
  await service.phoneLine.legEnded(request, responder, 'hung-up');
}

async function answerDesk(service: Service, id: Parameters<Service['conversations']['head']>[0]) {
  const by = { id: asId<never>('operator-1'), pseudonym: 'Camille' };
  const head = await service.conversations.head(id);
  if (head?.owner.kind !== 'queue') return;
  clock.advance((10 + random.integer(120)) * SECOND);
  if (head.channel !== 'phone') await service.desk.claim(id, by);
  const alert = (await service.alerts.live(10)).find(({ conversation }) => conversation === id);
  if (alert === undefined) return;
  await service.alerts.acknowledge(alert.id, by.id);
  const outcome = pick(['safe-now', 'psychologist-on-line', 'emergency-services', 'false-alarm'] as const);
  await service.alerts.close(alert.id, by.id, outcome);
  await service.desk.alertClosed(id);
}

/** One appointment in ten is cancelled; after one in three, the same psychologist is seen again. */
async function useCodes(service: Service): Promise<void> {
  for (const code of booked.splice(0)) {
    const draw = random.integer(10);
    if (draw === 0) await service.booking.cancel(code);
    else if (draw <= 3) coming.push(code);
  }
  for (const code of coming.splice(0)) {
    const next = await service.booking.followUp(code);
    if (next.kind === 'booked-already') coming.push(code);
    if (next.kind !== 'allowed') continue;
    const { psychologist, site, mode, minutes } = next;
    const [slot] = await service.booking.findSlots({ psychologist, sites: [site], mode, minutes, limit: 1 });
    if (slot === undefined) continue;
    const held = await service.booking.hold(slot, asId(`follow-up-${clock.now()}`), { followUp: code });
    if (held.kind !== 'held') continue;
    await service.booking.confirm(held.booking);
    booked.push(code);
  }
}

async function live(service: Service): Promise<void> {
  const jobs = jobsOf({ ...service, clock, placeOf: (booking) => placeOf(service.stores.diary, booking) });
  const runner = createJobRunner({
    jobs,
    store: service.stores.jobs,
    clock,
    log: service.log,
    holder: 'demo',
  });
  const start = clock.now();
  for (let day = 0; day < 365 + 60; day += 1) {
    clock.set(start + day * DAY);
    await runner.tick();
    await useCodes(service);
    const quiet = [0, 6].includes(new Date(clock.now()).getUTCDay()) || day >= 365;
    const contacts = quiet ? 0 : CONTACTS_A_DAY + random.integer(2);
    for (let count = 0; count < contacts; count += 1) {
      clock.advance(HOUR);
      await contact(service);
    }
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
const network = await carrier();
const { port } = network.address() as AddressInfo;
const config = readConfig({ DATA_DIR: folder, TWILIO_API_BASE_URL: `http://127.0.0.1:${port}` }, random);
const stores = await openStore({ mongoUri: undefined, dataDir: folder, serving: true });
const log = createLogger('silent');
const service = await compose({ config, clock, random, log, stores, publicUrl: () => 'http://127.0.0.1' });
try {
  await fillDemonstration({ ...service, clock });
  await live(service);
  await service.tally.settled();
  const bilan = await bilanOf({ store: stores.counts, now: clock.now(), year: YEAR });
  const remark = 'Année de démonstration : aucun de ces chiffres ne vient d’appelants.';
  const page = bilanPage(bilan, bilanWords(loadTranslations())).replace(
    '</h1>',
    `</h1>\n<p class="remark">${remark}</p>`,
  );
  writeFileSync(OUTPUT, page);
  process.stdout.write(`${OUTPUT}\n`);
} finally {
  await stores.close();
  network.close();
  network.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
}
