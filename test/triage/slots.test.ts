import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/kernel/log.js';
import { normalise } from '../../src/safety/normalise.js';
import { loadUnderstand } from '../../src/triage/load-understand.js';
import { slotsOf } from '../../src/triage/slots.js';
import { isAcute } from '../../src/triage/urgency.js';

const slots = (text: string) => slotsOf(text, normalise(text));

describe('what is said beside the need', () => {
  it.each([
    [
      'un rendez-vous demain matin en face à face',
      { day: 'tomorrow', part: 'morning', mode: 'face_to_face' },
    ],
    [
      'avez-vous un créneau jeudi après-midi par téléphone',
      { day: 'thursday', part: 'afternoon', mode: 'telephone' },
    ],
    [
      'je suis professeure des écoles dans le Vaucluse',
      { corps: 'premier_degre', academy: 'aix-marseille', department: '84' },
    ],
    ['je suis AESH à Mulhouse', { corps: 'aesh_aed', academy: 'strasbourg', department: '68' }],
    ['moi je suis prof de maths', { corps: 'second_degre' }],
    [
      'I am a teacher, could I have an appointment on Friday evening',
      { corps: 'second_degre', day: 'friday', part: 'evening' },
    ],
    ['un psychologue tout de suite', { now: true }],
  ])('« %s »', (text, expected) => {
    expect(slots(text)).toEqual(expected);
  });

  it('does not take a day of the story for a wish, nor somebody else’s corps for the caller’s', () => {
    expect(slots('ma principale m’a humiliée lundi matin')).toEqual({});
  });

  it('knows acute distress', () => {
    expect(isAcute(normalise('je viens de me faire insulter'))).toBe(true);
    expect(isAcute(normalise('je fais une crise de panique'))).toBe(true);
    expect(isAcute(normalise('on m’a insultée l’an dernier'))).toBe(false);
  });
});

describe('without its model', () => {
  const understand = loadUnderstand(createLogger('silent'), new URL('./nowhere.json', import.meta.url));
  it('still understands short requests, asks about the rest, and does not fail', () => {
    expect(understand('annuler').need).toBe('info_rdv');
    expect(understand('je ne sais pas par où commencer').ask?.choices).toHaveLength(3);
  });
});
