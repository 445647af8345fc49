import { afterEach, describe, expect, it } from 'vitest';
import { weekWords } from '../../dialogs/opening-hours/week-words.js';
import type { TurnResult } from '../../dialogs/turn-types.js';
import { asId } from '../../src/kernel/ids.js';
import { openingHoursSchema } from '../../src/opening-hours/opening-hours.js';
import { heard, type SpokenService, spokenService } from '../support/spoken-service.js';

const OFFICE = ['09:00-12:00', '14:00-18:00'];
const WEEK = { monday: OFFICE, tuesday: OFFICE, wednesday: OFFICE, thursday: OFFICE, friday: OFFICE };
const by = asId<never>('coordinator');

/** Monday 2 March 2026, in Paris an hour later. */
const OPEN = '2026-03-02T08:00:00Z';
const NIGHT = '2026-03-02T21:00:00Z';

let spoken: SpokenService | undefined;
afterEach(() => spoken?.close());

async function serviceAt(start: string, change: object | null = {}): Promise<SpokenService> {
  spoken = await spokenService(start);
  if (change === null) return spoken;
  for (const service of ['psychologists', 'operators'] as const) {
    const hours = openingHoursSchema.parse({
      ...{ service, territory: 'national', zone: 'Europe/Paris', weekly: WEEK, holidays: 'closed' },
      exceptions: [],
      ...change,
    });
    await spoken.service.hoursEditor.save({ ...hours, version: 0, hours, by });
  }
  return spoken;
}

const titles = ({ action }: TurnResult): string[] =>
  action.kind === 'listen' ? action.ask.choices.map(({ title }) => title) : [];

describe('the greeting', () => {
  it('tells a chat until when the line is open, and a call nothing more', async () => {
    const service = await serviceAt(OPEN);
    expect(heard((await service.talk('web')).welcome)).toContain('ouverte jusqu’à 12 h.');
    expect(heard((await service.talk('phone')).welcome)).not.toContain('psychologues');
  });

  it.each([
    ['2026-03-02T07:59:59Z', 'de nouveau au téléphone aujourd’hui à 9 h'],
    [NIGHT, 'de nouveau au téléphone demain à 9 h'],
    ['2026-03-06T17:00:00Z', 'de nouveau au téléphone lundi 9 mars à 9 h'],
  ])('tells both when it opens again: %s', async (start, when) => {
    const service = await serviceAt(start);
    for (const channel of ['web', 'phone'] as const)
      expect(heard((await service.talk(channel)).welcome)).toContain(when);
  });

  it('says it in English too', async () => {
    const talk = await (await serviceAt(NIGHT)).talk('web', 'en');
    expect(heard(talk.welcome)).toContain('answer the phone again tomorrow at 9:00');
  });

  it.each([
    ['nobody filled the hours in', null],
    ['they never close', { weekly: 'always', holidays: 'as-usual' }],
  ])('says nothing of hours when %s', async (_, change) => {
    const service = await serviceAt(NIGHT, change);
    expect(heard((await service.talk('web')).welcome)).not.toContain('psychologues');
  });
});

describe('"quand êtes-vous ouverts ?"', () => {
  it.each(['quels sont vos horaires ?', 'vous êtes ouverts le samedi ?', 'à quelle heure fermez-vous'])(
    'is answered with the week: %s',
    async (question) => {
      const talk = await (await serviceAt(OPEN)).talk('phone');
      const said = heard(await talk.say(question));
      expect(said).toContain('l’assistant, je réponds jour et nuit');
      expect(said).toContain('du lundi au vendredi de 9 h à 12 h et de 14 h à 18 h, à l’heure de Paris');
      expect(said).toContain('fermé les jours fériés');
    },
  );

  it('is answered in the hours of the place, and without the zone where the clock is the same', async () => {
    const service = await serviceAt(OPEN);
    const [zone, territory] = ['Indian/Reunion', 'la-reunion'];
    const hours = openingHoursSchema.parse({
      ...{ service: 'psychologists', territory, zone, weekly: { saturday: ['08:00-12:00'] } },
      ...{ holidays: 'as-usual', exceptions: [] },
    });
    await service.service.hoursEditor.save({ ...hours, version: 0, hours, by });
    const talk = await service.talk('web');
    await talk.say('j’ai des problèmes d’argent, je travaille à La Réunion');
    const said = heard(await talk.say('quels sont vos horaires ?'));
    expect(said).toContain('psychologues répondent au téléphone le samedi de 8 h à 12 h.');
    expect(said).toContain('de nouveau au téléphone samedi 7 mars à 8 h');
    expect(said).toContain(
      'Nos opérateurs répondent du lundi au vendredi de 9 h à 12 h et de 14 h à 18 h, à l’heure de Paris',
    );
  });

  it('names the next exceptional closure', async () => {
    const exceptions = [{ from: '2026-03-05', to: '2026-03-06', hours: [] }];
    const talk = await (await serviceAt(OPEN, { exceptions })).talk('web');
    expect(heard(await talk.say('quels sont vos horaires ?'))).toContain(
      'Fermeture exceptionnelle du jeudi 5 mars au vendredi 6 mars.',
    );
  });

  it('is answered honestly when nobody filled them in', async () => {
    const talk = await (await serviceAt(OPEN, null)).talk('web');
    expect(heard(await talk.say('quels sont vos horaires ?'))).toContain(
      'Je n’ai pas les horaires des psychologues',
    );
  });
});

describe('outside the hours', () => {
  it('a chat is told before it waits, and may have an appointment, or wait', async () => {
    const talk = await (await serviceAt(NIGHT)).talk('web');
    const result = await talk.say('je veux parler à une personne');
    expect(heard(result)).toContain('Nos opérateurs répondent de nouveau demain à 9 h');
    expect(heard(result)).toContain('15 et le 3114');
    expect(titles(result)).toContain('Prendre rendez-vous');
  });

  it('a call is told when operators and psychologists answer again', async () => {
    const service = await serviceAt(NIGHT);
    const operator = await (await service.talk('phone')).input('keys', '0');
    expect(heard(operator)).toContain('Nos opérateurs répondent de nouveau demain à 9 h');
    const psychologist = await (await service.talk('phone')).say(
      'je veux parler à un psychologue maintenant',
    );
    expect(heard(psychologist)).toContain('Les psychologues répondent de nouveau au téléphone demain à 9 h');
    expect(titles(psychologist)).toContain('Prendre rendez-vous');
  });

  it('whoever is there all the same is rung', async () => {
    const service = await serviceAt(NIGHT);
    await service.service.phoneLine.setAvailable(asId('operator-1'), 'operator', true);
    const result = await (await service.talk('phone')).input('keys', '0');
    expect(result.action.kind).toBe('hold-the-line');
    expect(heard(result)).not.toContain('de nouveau');
  });

  it('hours that are not known change nothing of what is said', async () => {
    const talk = await (await serviceAt(NIGHT, null)).talk('web');
    expect(heard(await talk.say('je veux parler à une personne'))).toContain('Je préviens nos opérateurs.');
  });
});

describe('a week in words', () => {
  const week = (days: object) =>
    openingHoursSchema.shape.weekly.parse(days) as Parameters<typeof weekWords>[1];
  it.each([
    [
      { monday: ['09:00-24:00'], sunday: ['10:30-12:00'] },
      'le lundi de 9 h à 24 h, le dimanche de 10 h 30 à 12 h',
    ],
    [{}, ''],
  ])('%j', (days, words) => {
    expect(weekWords('fr', week(days))).toBe(words);
  });

  it('of every day, and of day and night', () => {
    const days = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
    const every = (range: string) => week(Object.fromEntries(days.map((day) => [day, [range]])));
    expect(weekWords('fr', every('08:00-22:00'))).toBe('tous les jours de 8 h à 22 h');
    expect(weekWords('en', every('00:00-24:00'))).toBe('every day day and night');
    expect(weekWords('en', week({ friday: ['09:00-12:00'] }))).toBe('on Friday from 9:00 to 12:00');
  });
});
