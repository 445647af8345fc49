import type { ReadUnderstood } from '../src/conversations/understood.js';
import { NEEDS, type Need } from '../src/kernel/needs.js';
import { readTurnState } from './turn-state.js';

const needOf = (value: string | undefined): Need | undefined => NEEDS.find((need) => need === value);

/** What the desk may see of the dialogs' state: codes, none of the caller's words. */
export const understoodOf: ReadUnderstood = (state) => {
  const { need, needFrom, needSeq, academy, department, corps } = readTurnState(state).memory;
  const known = needOf(need);
  return {
    ...(known === undefined ? {} : { need: known }),
    ...(needFrom?.confidence === undefined ? {} : { confidence: needFrom.confidence }),
    also: (needFrom?.also ?? []).flatMap((one) => needOf(one) ?? []),
    ...(needSeq === undefined ? {} : { seq: needSeq }),
    ...(academy === undefined ? {} : { academy }),
    ...(department === undefined ? {} : { department }),
    ...(corps === undefined ? {} : { corps }),
  };
};
