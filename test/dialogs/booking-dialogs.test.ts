import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/kernel/clock.js';
import { conversationId } from '../booking/builders.js';
import { heard, type SpokenService, spokenService, type Talk } from '../support/spoken-service.js';

/** Monday 2 March 2026, 09:00 in Paris. */
let spoken: SpokenService;
beforeEach(async () => {
  spoken = await spokenService();
});
afterEach(() => spoken.close());

const titles = (result: Awaited<ReturnType<Talk['say']>>): string[] =>
  result.action.kind === 'listen' ? result.action.ask.choices.map(({ title }) => title) : [];

async function play(talk: Talk, ...lines: string[]) {
  let result = talk.welcome;
  for (const line of lines) result = await talk.say(line);
  return result;
}

const TO_MODES = ['je voudrais prendre rendez-vous avec un psychologue', 'Prendre rendez-vous'];
const IN_STRASBOURG = [...TO_MODES, 'En face à face', 'Strasbourg'];
const BY_PHONE = [...TO_MODES, 'Par téléphone'];

async function book(talk: Talk, ...lines: string[]): Promise<string> {
  const done = heard(await play(talk, ...lines, '1', 'Oui'));
  const code = /(\d{3} \d{3} \d{3})/.exec(done)?.[1];
  if (code === undefined) throw new Error(`no code in: ${done}`);
  return code;
}

const manage = (talk: Talk, code: string, ...lines: string[]) =>
  play(talk, 'annuler ou déplacer mon rendez-vous', code, ...lines);

describe('booking in words', () => {
  it('offers the three earliest times near the place, then later ones', async () => {
    const talk = await spoken.talk('web');
    const first = titles(await play(talk, ...IN_STRASBOURG));
    expect(first).toHaveLength(6);
    expect(first.slice(3)).toEqual(['D’autres horaires', 'Un autre jour', 'Parler à une personne']);
    const later = titles(await talk.say('d’autres horaires'));
    expect(later.slice(0, 3)).not.toContain(first[2]);
    expect(later.slice(5)).toEqual(['Être prévenu si un horaire se libère', 'Parler à une personne']);
  });

  it.each([
    ['jeudi matin', /^jeudi 5 mars à (8|9|10|11) h/],
    ['la semaine prochaine', /^(lundi 9|mardi 10|mercredi 11|jeudi 12|vendredi 13) mars/],
    ['mercredi', /^mercredi \d+ mars/],
    ['après 16 h', / à (16|17|18) h/],
  ])('understands another day: %s', async (wish, expected) => {
    const talk = await spoken.talk('web');
    const asked = await play(talk, ...IN_STRASBOURG, 'un autre jour');
    expect(heard(asked)).toContain('Quel jour ou quel moment');
    const offered = titles(await talk.say(wish)).slice(0, 3);
    for (const title of offered) expect(title).toMatch(expected);
  });

  it('takes a wish in place of a choice', async () => {
    const talk = await spoken.talk('web');
    await play(talk, ...IN_STRASBOURG);
    for (const title of titles(await talk.say('plutôt jeudi matin')).slice(0, 3))
      expect(title).toMatch(/^jeudi \d+ mars à (8|9|10|11) h/);
  });

  it('says so when nothing is free then, and offers what is', async () => {
    const talk = await spoken.talk('web');
    const offered = await play(talk, ...IN_STRASBOURG, 'dimanche');
    expect(heard(offered)).toContain('rien de libre à ce moment-là');
    expect(titles(offered)).toHaveLength(7);
  });

  it('asks for a day by keys on the phone, once words were not understood', async () => {
    const talk = await spoken.talk('phone');
    await play(talk, ...BY_PHONE, 'un autre jour');
    const again = await talk.say('euh');
    expect(titles(again)).toContain('La semaine prochaine');
    const offered = await talk.input('keys', '1');
    expect(titles(offered)[0]).toMatch(/(lundi 9|mardi 10|mercredi 11|jeudi 12|vendredi 13) mars/);
  });

  it('keeps the chosen time while the caller is still answering', async () => {
    const talk = await spoken.talk('web');
    await play(talk, ...IN_STRASBOURG, '1');
    spoken.clock.advance(4 * MINUTE);
    await talk.say('euh');
    spoken.clock.advance(4 * MINUTE);
    expect(heard(await talk.say('Oui'))).toContain('C’est confirmé');
  });

  it('is held for a quarter of an hour at most, however often it is chosen again', async () => {
    const talk = await spoken.talk('web');
    const [first] = titles(await play(talk, ...IN_STRASBOURG));
    for (let round = 0; round < 4; round += 1) {
      expect(heard(await talk.say('1'))).toContain('Je le garde');
      await talk.say('Non');
      await talk.say('2');
      await talk.say('Non');
      spoken.clock.advance(3 * MINUTE + 45 * SECOND);
    }
    const refused = await talk.say('1');
    expect(heard(refused)).toContain('un quart d’heure');
    expect(titles(refused)[0]).toBe(first);
    spoken.clock.advance(5 * MINUTE);
    expect(heard(await talk.say('1'))).toContain('Je le garde cinq minutes');
  });

  it('gives up the time that the caller declines', async () => {
    const talk = await spoken.talk('web');
    const [first] = titles(await play(talk, ...IN_STRASBOURG));
    await play(talk, '1', 'Non');
    const other = await spoken.talk('web');
    expect(titles(await play(other, ...IN_STRASBOURG))[0]).toBe(first);
  });

  it('tells both hours to a caller whose clock shows another one', async () => {
    const talk = await spoken.talk('web');
    await play(
      talk,
      'je travaille à La Réunion',
      ...IN_STRASBOURG.slice(0, 2),
      'En face à face',
      'La Réunion',
    );
    const offered = titles(await talk.say('Par téléphone'));
    expect(offered[0]).toMatch(/chez vous \(.* pour le psychologue\)/);
    const confirming = heard(await talk.say('1'));
    expect(confirming).toMatch(/C’est l’heure du psychologue\. Chez vous, ce sera .* à \d+ h/);
  });
});

describe('what was said with the wish for an appointment', () => {
  it.each([
    [
      'web',
      'je voudrais un rendez-vous avec un psychologue jeudi matin à Strasbourg',
      ['En face à face'],
      /^jeudi 5 mars à (8|9|10|11) h/,
    ],
    [
      'web',
      'je voudrais un rendez-vous par téléphone avec un psychologue la semaine prochaine',
      [],
      /(lundi 9|mardi 10|mercredi 11|jeudi 12|vendredi 13) mars/,
    ],
    [
      'phone',
      'rendez-vous avec un psychologue en face à face à Strasbourg mercredi après-midi',
      [],
      /^mercredi \d+ mars à 1[2-7] h/,
    ],
  ] as const)('is not asked again: on %s, %s', async (channel, said, lines, expected) => {
    const talk = await spoken.talk(channel);
    const offered = titles(await play(talk, said, ...lines)).slice(0, 3);
    for (const title of offered) expect(title).toMatch(expected);
    expect(offered).toHaveLength(3);
  });

  it('is kept when it comes with the way of meeting', async () => {
    const talk = await spoken.talk('web');
    const offered = titles(await play(talk, ...TO_MODES, 'par téléphone, plutôt mercredi matin')).slice(0, 3);
    for (const title of offered) expect(title).toMatch(/^mercredi \d+ mars à (8|9|10|11) h/);
  });

  it('is not taken from a story', async () => {
    const talk = await spoken.talk('web');
    const answer = await talk.say(
      'mon chef m’a humiliée lundi matin devant toute l’équipe, je n’en dors plus et je voudrais un rendez-vous avec un psychologue',
    );
    expect(heard(answer)).not.toContain('libre à ce moment-là');
    expect(titles(answer)[0]).toBe('Parler maintenant');
  });
});

describe('a reminder', () => {
  const MOBILE = '06 39 98 12 34';
  const withSms = async (): Promise<void> => {
    await spoken.close();
    spoken = await spokenService(undefined, { TWILIO_SMS_FROM: '+33100000000' });
  };
  const contacts = async (): Promise<number> => {
    const farAhead = (spoken.clock.now() + 90 * DAY) as ReturnType<typeof spoken.clock.now>;
    return (await spoken.service.stores.vault.ended(farAhead, 10)).length;
  };

  it('is not spoken of when none can be sent', async () => {
    const talk = await spoken.talk('web');
    expect(heard(await play(talk, ...IN_STRASBOURG, '1', 'Oui'))).not.toContain('rappel');
  });

  it('is offered once, and declined with a word', async () => {
    await withSms();
    const talk = await spoken.talk('web');
    expect(heard(await play(talk, ...IN_STRASBOURG, '3', 'Oui'))).toContain('Voulez-vous un rappel par SMS');
    expect(heard(await talk.say('non merci'))).toContain('pas de rappel');
    expect(await contacts()).toBe(0);
  });

  it('keeps the number in the vault alone, until it is withdrawn with the code', async () => {
    await withSms();
    const talk = await spoken.talk('web');
    const code = await book(talk, ...IN_STRASBOURG, 'la semaine prochaine');
    expect(heard(await talk.say('euh'))).toContain('numéro de portable');
    expect(heard(await talk.say(MOBILE))).toContain('Vous recevrez un rappel');
    expect(await contacts()).toBe(1);
    const transcript = await spoken.service.conversations.transcript(talk.id, 0, 100);
    expect(JSON.stringify(transcript)).not.toMatch(/06 ?39|639981234/);
    const other = await spoken.talk('web');
    expect(heard(await manage(other, code, 'Ne plus recevoir de rappel'))).toContain('est effacé');
    expect(await contacts()).toBe(0);
  });

  it('loses its contact with the appointment', async () => {
    await withSms();
    const talk = await spoken.talk('web');
    const code = await book(talk, ...IN_STRASBOURG, 'la semaine prochaine');
    await talk.say(MOBILE);
    await manage(await spoken.talk('web'), code, 'L’annuler', 'Oui');
    expect(await contacts()).toBe(0);
  });

  it('is keyed on the phone', async () => {
    await withSms();
    const talk = await spoken.talk('phone');
    const asked = await play(talk, ...BY_PHONE, 'la semaine prochaine', '1', 'oui');
    expect(heard(asked)).toContain('rappel par SMS');
    expect(heard(await talk.input('keys', '0639981234'))).toContain('Vous recevrez un rappel');
    expect(await contacts()).toBe(1);
  });
});

/** Its psychologist is away that day. */
async function hitByAbsence(start: number | undefined) {
  const { planning, stores } = spoken.service;
  const now = spoken.clock.now();
  const everybody = (await stores.diary.read()).rules.map(({ psychologist }) => psychologist);
  const window = { psychologists: [...new Set(everybody)], from: now, to: (now + 28 * DAY) as typeof now };
  const [booking] = (await stores.bookings.confirmedIn(window)).filter((one) => one.start === start);
  if (booking === undefined) throw new Error('a booking was expected');
  const date = new Date(booking.start).toISOString().slice(0, 10);
  return planning.saveAbsence({
    ...{ id: 'away', psychologist: booking.psychologist, zone: 'Europe/Paris', from: '00:00', to: '24:00' },
    ...{ recurrence: { kind: 'once' }, firstDate: date, lastDate: date },
  });
}

describe('a call at the hour of a telephone appointment', () => {
  beforeEach(async () => {
    await spoken.close();
    const account = {
      TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: 'token-for-this-test-only',
    };
    spoken = await spokenService(undefined, account);
  });
  const contacts = async (): Promise<number> => {
    const farAhead = (spoken.clock.now() + 90 * DAY) as ReturnType<typeof spoken.clock.now>;
    return (await spoken.service.stores.vault.ended(farAhead, 10)).length;
  };

  it('is offered once, for a number that is used for this alone, and withdrawn with the code', async () => {
    const talk = await spoken.talk('web');
    const code = await book(talk, ...BY_PHONE);
    expect(heard(await talk.say('euh'))).toContain('pas reconnu de numéro');
    expect(heard(await talk.say('03 88 00 00 01'))).toContain(
      'Nous vous appellerons à l’heure du rendez-vous',
    );
    expect(await contacts()).toBe(1);
    const transcript = await spoken.service.conversations.transcript(talk.id, 0, 100);
    expect(JSON.stringify(transcript)).not.toMatch(/03 ?88 ?00/);
    const other = await spoken.talk('web');
    expect(titles(await manage(other, code))).toContain('Effacer le numéro à appeler');
    expect(heard(await other.say('Effacer le numéro à appeler'))).toContain('Votre numéro est effacé');
    expect(await contacts()).toBe(0);
  });

  it('is declined with a word, and not offered for a meeting at a place', async () => {
    const talk = await spoken.talk('web');
    expect(heard(await play(talk, ...BY_PHONE, '1', 'Oui'))).toContain('Nous pouvons vous appeler');
    expect(heard(await talk.say('non merci'))).toContain('appelez cette ligne avec votre code');
    const place = await spoken.talk('web');
    expect(heard(await play(place, ...IN_STRASBOURG, '1', 'Oui'))).not.toContain('vous appeler');
    expect(await contacts()).toBe(0);
  });

  it('is keyed on the phone, and given up by whoever dials in', async () => {
    const talk = await spoken.talk('phone');
    const said = heard(await play(talk, ...BY_PHONE, '1', 'oui'));
    const code = (/(\d \d \d, \d \d \d, \d \d \d)/.exec(said)?.[1] ?? '').replace(/\D/g, '');
    expect(heard(await talk.input('keys', '0388000001'))).toContain('Nous vous appellerons');
    const found = await spoken.service.booking.byCode(code);
    if (found.kind !== 'found') throw new Error('an appointment was expected');
    spoken.clock.set(found.booking.start - MINUTE);
    const call = await spoken.talk('phone');
    expect((await manage(call, code)).action.kind).toBe('hold-the-line');
    expect(await contacts()).toBe(0);
  });
});

describe('managing with the code', () => {
  it('moves the appointment, under the same code', async () => {
    const talk = await spoken.talk('web');
    const code = await book(talk, ...IN_STRASBOURG);
    const offered = await manage(talk, code, 'Changer d’horaire');
    const [, second] = titles(offered);
    expect(titles(offered).slice(3)).toEqual(['D’autres horaires', 'Un autre jour', 'Le garder']);
    const sure = heard(await talk.say('2'));
    expect(sure).toContain('Est-ce que je déplace');
    const moved = heard(await talk.say('Oui'));
    expect(moved).toContain('maintenant');
    const when = (second ?? '').split(',')[0] ?? '';
    expect(moved).toContain(when);
    const other = await spoken.talk('web');
    expect(heard(await manage(other, code))).toContain(when);
  });

  it('moves it to a day said in words', async () => {
    const talk = await spoken.talk('web');
    const code = await book(talk, ...IN_STRASBOURG);
    await manage(talk, code, 'Changer d’horaire', 'un autre jour', 'la semaine prochaine', '1');
    expect(heard(await talk.say('Oui'))).toMatch(
      /maintenant (lundi 9|mardi 10|mercredi 11|jeudi 12|vendredi 13) mars/,
    );
  });

  it('keeps the old time when the new one is taken in between', async () => {
    const talk = await spoken.talk('web');
    const code = await book(talk, ...IN_STRASBOURG);
    const { booking } = spoken.service;
    const before = await booking.byCode(code);
    await manage(talk, code, 'Changer d’horaire', '1');
    const [wanted] = await booking.slotsToMove(code, { limit: 1 });
    spoken.clock.advance(6 * MINUTE);
    const [slot] = await booking.slotsToMove(code, { limit: 1 });
    expect(wanted).toBeDefined();
    expect((await booking.hold(slot as never, conversationId('other'))).kind).toBe('held');
    const answer = heard(await talk.say('Oui'));
    expect(answer).toContain('vient d’être pris. Votre rendez-vous reste à l’heure prévue');
    expect(await booking.byCode(code)).toEqual(before);
  });

  it('keeps it when the caller would rather', async () => {
    const talk = await spoken.talk('web');
    const code = await book(talk, ...IN_STRASBOURG);
    expect(heard(await manage(talk, code, 'Changer d’horaire', 'Le garder'))).toContain('est gardé');
  });

  it('cancels it', async () => {
    const talk = await spoken.talk('web');
    const code = await book(talk, ...IN_STRASBOURG);
    expect(heard(await manage(talk, code, 'L’annuler', 'Oui'))).toContain('est annulé');
    const other = await spoken.talk('web');
    expect(heard(await manage(other, code))).toContain('Je ne trouve pas');
  });

  it('books the next appointment with the same psychologist under the same code', async () => {
    const talk = await spoken.talk('web');
    const code = await book(talk, ...BY_PHONE);
    spoken.clock.advance(3 * DAY);
    const later = await spoken.talk('web');
    expect(heard(await manage(later, code))).toContain('avec le même psychologue');
    expect(heard(await play(later, 'Oui', '1', 'Oui'))).toContain(code);
  });

  it('tells a time that the service proposes, and moves there when the caller accepts', async () => {
    const talk = await spoken.talk('web');
    const code = await book(talk, ...IN_STRASBOURG);
    const [slot] = await spoken.service.booking.slotsToMove(code, { limit: 1 });
    const [psychologist] = [slot?.psychologist];
    const { bookings } = spoken.service.stores;
    const now = spoken.clock.now();
    const window = { psychologists: [psychologist as never], from: now, to: (now + 28 * DAY) as typeof now };
    const [booking] = await bookings.confirmedIn(window);
    if (booking === undefined || slot === undefined) throw new Error('a booking was expected');
    const to = { ...slot, blockedFrom: slot.start, blockedTo: slot.end };
    await bookings.propose(booking.id, { to, until: (now + 2 * HOUR) as typeof now, by: 'service' }, now);
    const told = await manage(talk, code);
    expect(heard(told)).toContain('vous propose plutôt');
    expect(heard(await talk.say('Accepter ce nouvel horaire'))).toContain('maintenant');
    expect(await spoken.service.booking.byCode(code)).toMatchObject({ booking: { start: slot.start } });
  });

  it.each(['web', 'phone'] as const)(
    'tells on %s, at the next contact, of an absence over it',
    async (channel) => {
      const code = await book(await spoken.talk('web'), ...IN_STRASBOURG);
      const before = await spoken.service.booking.byCode(code);
      const [hit] = await hitByAbsence(before.kind === 'found' ? before.booking.start : undefined);
      expect(hit).toMatchObject({ mustBeThere: true, proposed: { start: expect.any(Number) } });
      const talk = await spoken.talk(channel);
      const told = await manage(talk, code);
      expect(heard(told)).toContain('Le psychologue a un empêchement et vous propose plutôt');
      expect(heard(told)).toContain('Tant que vous n’avez pas répondu, rien ne change');
      expect(await spoken.service.booking.byCode(code)).toMatchObject(
        before.kind === 'found' ? { booking: before.booking } : {},
      );
      expect(heard(await talk.say('garder'))).toContain('est gardé');
      expect(await spoken.service.planning.worklist()).toMatchObject([
        { booking: hit?.booking, proposed: null },
      ]);
    },
  );

  it('shows an appointment that is found or moved as a card, for one’s calendar', async () => {
    const talk = await spoken.talk('web');
    const code = await book(talk, ...IN_STRASBOURG);
    const [found] = (await manage(talk, code)).messages.filter(({ card }) => card !== undefined);
    expect(found?.card).toMatchObject({ kind: 'appointment', code: code.replaceAll(' ', '') });
    const moved = await play(talk, 'Changer d’horaire', '2', 'Oui');
    const card = moved.messages.find((message) => message.card !== undefined)?.card;
    expect(card).toMatchObject({ kind: 'appointment', zone: 'Europe/Paris' });
    expect(card).not.toEqual(found?.card);
  });

  it('rings the psychologist when a telephone appointment is dialled in at its time', async () => {
    const talk = await spoken.talk('web');
    const code = await book(talk, ...BY_PHONE);
    const found = await spoken.service.booking.byCode(code);
    if (found.kind !== 'found') throw new Error('an appointment was expected');
    spoken.clock.set(found.booking.start - 5 * MINUTE);
    const call = await spoken.talk('phone');
    const ringing = await manage(call, code);
    expect(ringing.action.kind).toBe('hold-the-line');
    expect(heard(ringing)).toContain('J’appelle votre psychologue');
    const [request] = await spoken.service.stores.lineRequests.listLive(5);
    expect(request).toMatchObject({
      reason: 'appointment',
      wish: { psychologist: expect.stringMatching(/^psy-/) },
    });
  });

  it('hands a caller to a person after five wrong codes, however they are wrong', async () => {
    const talk = await spoken.talk('web');
    await play(talk, 'annuler mon rendez-vous', '111 111 111', '12', '572457246', '000000000');
    expect(heard(await talk.say('999 999 999'))).toContain('Une personne peut vous aider');
  });
});
