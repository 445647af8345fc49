import type { Translations } from '../../locales/translate.js';
import { loadDirectory } from '../directory/load-directory.js';
import type { BilanWords } from '../reporting/bilan-words.js';

/** The bilan is a French document; services are called as the shipped directory calls them. */
export function bilanWords({ written }: Translations): BilanWords {
  const names = new Map(loadDirectory().services.map(({ id, name }) => [String(id), name.fr]));
  return { word: (key, params) => written('fr', key, params), service: (id) => names.get(id) };
}
