import { describe, expect, it } from 'vitest';
import { timeWish } from '../../dialogs/booking/time-words.js';

/** A Tuesday. */
const TODAY = '2026-03-03';
const day = (date: string) => ({ firstDate: date, lastDate: date });
const days = (firstDate: string, lastDate: string) => ({ firstDate, lastDate });

describe('what a caller says of days and hours', () => {
  it.each([
    ['jeudi matin', { weekdays: [4], before: '12:00' }],
    ['Plutôt le jeudi matin, s’il vous plaît', { weekdays: [4], before: '12:00' }],
    ['mercredi', { weekdays: [3] }],
    ['les mercredis ou les vendredis', { weekdays: [3, 5] }],
    ['un soir', { from: '17:00' }],
    ['mardi après-midi', { weekdays: [2], from: '12:00', before: '18:00' }],
    ['en fin d’après-midi', { from: '16:30' }],
    ['après les cours', { from: '16:30' }],
    ['entre midi et deux', { from: '11:30', before: '14:00' }],
    ['le week-end', { weekdays: [6, 7] }],
    ['thursday morning', { weekdays: [4], before: '12:00' }],
  ])('knows days and parts of the day: %s', (said, expected) => {
    expect(timeWish(said, TODAY)).toEqual(expected);
  });

  it.each([
    ['après 17 h', { from: '17:00' }],
    ['après 17h30', { from: '17:30' }],
    ['à partir de dix-sept heures', { from: '17:00' }],
    ['après seize heures et demie', { from: '16:30' }],
    ['avant 10 heures', { before: '10:00' }],
    ['entre 14 h et 16 h 30', { from: '14:00', before: '16:30' }],
    ['vers 15 h', { from: '14:30', before: '15:31' }],
    ['15:30', { from: '15:00', before: '16:01' }],
    ['after 5 pm', { from: '17:00' }],
    ['jeudi après 17 h', { weekdays: [4], from: '17:00' }],
  ])('knows hours: %s', (said, expected) => {
    expect(timeWish(said, TODAY)).toEqual(expected);
  });

  it.each([
    ['aujourd’hui', day('2026-03-03')],
    ['demain', day('2026-03-04')],
    ['demain matin', { ...day('2026-03-04'), before: '12:00' }],
    ['après-demain', day('2026-03-05')],
    ['cette semaine', days('2026-03-03', '2026-03-08')],
    ['la semaine prochaine', days('2026-03-09', '2026-03-15')],
    ['jeudi de la semaine prochaine', { ...days('2026-03-09', '2026-03-15'), weekdays: [4] }],
    ['dans deux semaines', days('2026-03-16', '2026-03-22')],
    ['le mois prochain', days('2026-04-01', '2026-04-30')],
    ['le 12', day('2026-03-12')],
    ['le 2', day('2026-04-02')],
    ['le 12 mars', day('2026-03-12')],
    ['le 1er avril', day('2026-04-01')],
    ['le 12/03', day('2026-03-12')],
    ['le 2 janvier', day('2027-01-02')],
    ['next week', days('2026-03-09', '2026-03-15')],
  ])('knows dates: %s', (said, expected) => {
    expect(timeWish(said, TODAY)).toEqual(expected);
  });

  it('turns the year and the month', () => {
    expect(timeWish('le mois prochain', '2026-12-31')).toEqual(days('2027-01-01', '2027-01-31'));
    expect(timeWish('demain', '2028-02-28')).toEqual(day('2028-02-29'));
    expect(timeWish('la semaine prochaine', '2026-12-31')).toEqual(days('2027-01-04', '2027-01-10'));
  });

  it.each(['', 'oui', 'je ne sais pas', 'autre chose', 'le premier', 'Strasbourg', 'le 31 février'])(
    'finds no time in: %s',
    (said) => {
      expect(timeWish(said, TODAY)).toBeUndefined();
    },
  );
});
