import type { Translate, TranslateParams, Translations } from '../locales/translate.js';
import type { Channel, Language, NewMessage, OfferedChoice } from '../src/conversations/conversation.js';
import type { Choice, Params, Question, Say } from './dialog.js';
import type { Ask } from './turn-types.js';

/** Words for one conversation: its language, and for the ear or for the eye. */
export interface Words {
  say(say: Say): string;
  title(choice: Choice): string;
}

export function wordsFor(translations: Translations, channel: Channel, language: Language): Words {
  const translate = variantFor(translations, channel);
  const say = (said: Say): string =>
    'text' in said ? said.text : translate(language, said.key, inWords(say, said.params));
  return { say, title: (choice) => translate(language, choice.key, inWords(say, choice.params)) };
}

function variantFor({ spoken, texted, written }: Translations, channel: Channel): Translate {
  if (channel === 'phone') return spoken;
  return channel === 'sms' ? texted : written;
}

/** A sentence without parameters stays without: it is looked up once. */
const inWords = (say: Words['say'], params: Params | undefined): TranslateParams | undefined =>
  params === undefined
    ? undefined
    : Object.fromEntries(
        Object.entries(params).map(([name, value]) => [
          name,
          typeof value === 'object' ? value.map(say).join(', ') : value,
        ]),
      );

/** What is said as messages of the bot; the choices go with the last one. */
export function renderSays(words: Words, says: readonly Say[], question: Question | null): NewMessage[] {
  const choices = question === null ? [] : offered(words, question);
  return says.map((say, index) => ({
    from: 'bot',
    text: words.say(say),
    ...(say.card === undefined ? {} : { card: say.card }),
    ...(index === says.length - 1 && choices.length > 0 ? { choices } : {}),
  }));
}

const offered = (words: Words, question: Question): OfferedChoice[] =>
  question.choices.map((choice) => {
    const title = words.title(choice);
    return { value: title, title };
  });

export function renderAsk(words: Words, question: Question, misses: number): Ask {
  return {
    choices: offered(words, question),
    menu: question.open !== true || misses > 0,
    keys: question.keys,
    hints: question.hints ?? [],
  };
}
