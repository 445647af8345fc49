import { readdirSync, readFileSync } from 'node:fs';
import i18next from 'i18next';

export type Language = 'fr' | 'en';
export type TranslateParams = Readonly<Record<string, string | number>>;

/**
 * Every word said or shown. `key` is `<file>.<path>`; a missing key is a fault of ours and throws, so that
 * nobody ever hears a key.
 */
export type Translate = (language: Language, key: string, params?: TranslateParams) => string;

export interface Translations {
  /** For screens. */
  written: Translate;
  /** For the ear: the `_voice` variant of a key where there is one. */
  spoken: Translate;
  /** For text messages, which are short: the `_sms` variant of a key where there is one. */
  texted: Translate;
}

const FOLDER = new URL('.', import.meta.url);

function readLanguage(language: Language): Record<string, unknown> {
  const folder = new URL(`${language}/`, FOLDER);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    files.map((name) => [
      name.slice(0, -'.json'.length),
      JSON.parse(readFileSync(new URL(name, folder), 'utf8')),
    ]),
  );
}

export function loadTranslations(): Translations {
  const instance = i18next.createInstance();
  // Resources are given, so initialisation is synchronous.
  void instance.init({
    lng: 'fr',
    fallbackLng: false,
    resources: { fr: { translation: readLanguage('fr') }, en: { translation: readLanguage('en') } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  const translate = (context: { context?: string }): Translate =>
    remembering((language, key, params = {}) => {
      const text = instance.t(key, { lng: language, ...context, ...params, defaultValue: '' });
      if (text === '') throw new Error(`missing words: ${language} ${key}`);
      return text;
    });
  return {
    written: translate({}),
    spoken: translate({ context: 'voice' }),
    texted: translate({ context: 'sms' }),
  };
}

/** Sentences without parameters are looked up once: there are as many as keys. */
function remembering(translate: Translate): Translate {
  const known: Record<Language, Map<string, string>> = { fr: new Map(), en: new Map() };
  return (language, key, params) => {
    if (params !== undefined) return translate(language, key, params);
    const text = known[language].get(key) ?? translate(language, key);
    known[language].set(key, text);
    return text;
  };
}
