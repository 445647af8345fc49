import { afterAll, beforeAll, expect, it } from 'vitest';
import { runningService, type TestService } from '../support/running-service.js';
import { seededRandom } from '../support/seeded-random.js';
import { fuzzChat } from './chat-fuzz.js';

/** `npm run fuzz:chat` sends 50,000. */
const CASES = 1_500;

let service: TestService;
beforeAll(async () => {
  service = await runningService();
});
afterAll(() => service.remove());

it(`answers ${CASES} malformed requests and frames without failing, then listens as before`, async () => {
  const { statuses, failures } = await fuzzChat({
    base: service.url,
    random: seededRandom('chat'),
    cases: CASES,
  });
  expect(failures).toEqual([]);
  expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(CASES);
  for (const status of [200, 400, 401, 404, 413]) expect(statuses.get(status) ?? 0).toBeGreaterThan(0);
  expect(statuses.get(403)).toBeUndefined();
  expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
}, 60_000);
