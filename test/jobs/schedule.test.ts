import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobsOf } from '../../src/jobs/schedule.js';
import { DAY } from '../../src/kernel/clock.js';
import { type SpokenService, spokenService } from '../support/spoken-service.js';

let spoken: SpokenService;
beforeEach(async () => {
  spoken = await spokenService();
});
afterEach(() => spoken.close());

const job = (name: string) => {
  const found = jobsOf({ ...spoken.service, clock: spoken.clock }).find((known) => known.name === name);
  if (found === undefined) throw new Error(`no job ${name}`);
  return found;
};

describe('the jobs', () => {
  it('destroy a transcript when it is old enough and not before, twice without harm', async () => {
    const talk = await spoken.talk('web');
    await talk.say('je suis fatiguée');
    spoken.clock.advance(30 * DAY);
    expect(await job('destroy-old-words').run()).toBe(0);
    spoken.clock.advance(1);
    expect(await job('destroy-old-words').run()).toBe(1);
    expect(await job('destroy-old-words').run()).toBe(0);
    expect(await spoken.service.conversations.transcript(talk.id, 0, 10)).toBeUndefined();
  });

  it('leave a conversation with an open alert alone, however old', async () => {
    const talk = await spoken.talk('web');
    await talk.say('je veux mourir');
    spoken.clock.advance(90 * DAY);
    expect(await job('destroy-old-words').run()).toBe(0);
    expect(await spoken.service.conversations.head(talk.id)).toBeDefined();
  });

  it('have names of their own', () => {
    const names = jobsOf({ ...spoken.service, clock: spoken.clock }).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
