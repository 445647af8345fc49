import {
  academyBySlug,
  academyOfDepartment,
  COLLECTIVITIES,
  findTerritory,
  type Territory,
} from '../../src/kernel/academies.js';
import type { Dialog, DialogContext, Question, Step } from '../dialog.js';
import { NO_KEYS } from '../dialog.js';

const QUESTION: Question = {
  choices: [],
  keys: { kind: 'code', length: 3 },
  again: { key: 'place.again' },
  hints: ['Strasbourg', 'Nancy', 'Metz', 'Marseille', 'Avignon', 'Bas-Rhin', 'Vaucluse', 'je ne sais pas'],
};

/** Asks where the caller works: an académie, a department or its number, a city. Skippable. */
export const place: Dialog = {
  name: 'place',
  async start(context) {
    if (context.memory.academy !== undefined || context.memory.department !== undefined)
      return { kind: 'done', says: [], result: {} };
    const key = context.channel === 'phone' ? 'place.question-phone' : 'place.question';
    return { kind: 'ask', says: [{ key }], question: questionFor(context), state: {} };
  },
  async answer(_context, _state, input) {
    if (input.kind === 'silence') return { kind: 'misunderstood' };
    if (skips(input.text)) return { kind: 'done', says: [], result: {} };
    const territory = findTerritory(departmentKeys(input.text));
    return found(territory) ?? { kind: 'misunderstood' };
  },
};

const questionFor = (context: DialogContext): Question =>
  context.channel === 'phone' ? QUESTION : { ...QUESTION, keys: NO_KEYS };

const skips = (text: string): boolean =>
  /je (ne )?sais pas|peu importe|don'?t know|skip|passer|nulle part/i.test(text.slice(0, 80));

/** `67#` and `67` are the same department. */
const departmentKeys = (text: string): string => text.replace(/#$/, '');

/** An académie, or a collectivity of its own; `undefined` when nothing was found. */
function found({ academy, department }: Territory): Step | undefined {
  const slug = academy ?? academyOfDepartment(department ?? '')?.slug;
  const collectivity = COLLECTIVITIES.find(({ code }) => code === department);
  if (slug === undefined && collectivity === undefined) return undefined;
  const says =
    collectivity === undefined
      ? { key: 'place.understood', params: { academy: academyBySlug(slug ?? '')?.name ?? '' } }
      : { key: 'place.understood-collectivity', params: { name: collectivity.name } };
  const memory = { ...(slug && { academy: slug }), ...(department && { department }) };
  return { kind: 'done', says: [says], effects: { memory }, result: {} };
}
