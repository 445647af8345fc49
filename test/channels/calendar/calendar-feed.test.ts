import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asId } from '../../../src/kernel/ids.js';
import { runningService, type TestService } from '../../support/running-service.js';

let running: TestService;
beforeEach(async () => {
  running = await runningService();
});
afterEach(() => running.remove());

describe('the calendar of a psychologist over HTTP', () => {
  it('is a calendar file that nobody keeps a copy of', async () => {
    const secret = await running.service.calendars.open(asId('psy-telephone-1'));
    const response = await fetch(`${running.url}/agenda/${secret}.ics`);
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('cache-control'),
    ]).toEqual([200, 'text/calendar; charset=utf-8', 'no-store']);
    expect(await response.text()).toContain('BEGIN:VCALENDAR');
    expect(running.logged()).not.toContain(secret);
  });

  it('is not there for a secret that is unknown or revoked', async () => {
    const secret = await running.service.calendars.open(asId('psy-telephone-1'));
    await running.service.calendars.revoke(asId('psy-telephone-1'));
    for (const name of [secret, 'guess'])
      expect((await fetch(`${running.url}/agenda/${name}.ics`)).status).toBe(404);
    expect(running.logged()).not.toContain(secret);
  });
});
