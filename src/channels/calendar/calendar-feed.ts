import { Router } from 'express';
import type { CalendarFeeds } from '../../booking/calendar-feeds.js';
import { CodedError } from '../../kernel/errors.js';

/** A psychologist's calendar subscribes here: `/agenda/<secret>.ics`. Whoever has the address sees "Occupé". */
export function createCalendarFeed(feeds: Pick<CalendarFeeds, 'read'>): Router {
  const router = Router();
  router.get('/agenda/:secret.ics', async (request, response) => {
    const file = await feeds.read(request.params.secret);
    if (file === undefined) throw new CodedError('not-found', 'There is no calendar at this address.');
    response
      .set({
        'Cache-Control': 'no-store',
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
      })
      .type('text/calendar; charset=utf-8')
      .send(file);
  });
  return router;
}
