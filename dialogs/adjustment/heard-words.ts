import { academyBySlug } from '../../src/kernel/academies.js';
import type { Memory, Say, Told } from '../dialog.js';

/** Measures named in one sentence: more would not be heard. */
const MOST_WISHES = 2;

/** One sentence with what was understood of the caller's situation; nothing when nothing was. */
export function heardWords(memory: Pick<Memory, 'academy'>, told: Told): Say[] {
  const { corps, status, position, rqth, wishes = [] } = told;
  const list: Say[] = [
    ...(corps === undefined ? [] : [{ key: `adjustment.heard.corps.${corps}` }]),
    ...(status === undefined ? [] : [{ key: `adjustment.heard.status.${status}` }]),
    ...(position === undefined ? [] : [{ key: `adjustment.heard.position.${position}` }]),
    ...(rqth === undefined ? [] : [{ key: `adjustment.heard.rqth.${rqth ? 'yes' : 'no'}` }]),
    ...wishes.slice(0, MOST_WISHES).map((id) => ({ key: `adjustment.heard.wish.${id}` })),
  ];
  if (list.length === 0) return [];
  const academy = academyBySlug(memory.academy ?? '')?.name;
  const place: Say[] = academy === undefined ? [] : [{ key: 'adjustment.heard.place', params: { academy } }];
  return [{ key: 'adjustment.heard.noted', params: { list: [...list, ...place] } }];
}
