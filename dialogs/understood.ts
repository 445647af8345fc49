import type { ReadUnderstood } from '../src/conversations/understood.js';
import { NEEDS, type Need } from '../src/kernel/needs.js';
import { readTurnState } from './turn-state.js';

const needOf = (value: string | undefined): Need | undefined => NEEDS.find((need) => need === value);

/** What the desk may see of the dialogs' state: codes, none of the caller's words. */
export const understoodOf: ReadUnderstood = (state) => {
  const { about, academy, department, corps } = readTurnState(state).memory;
  const need = needOf(about?.need);
  return {
    ...(need === undefined ? {} : { need }),
    ...(about?.confidence === undefined ? {} : { confidence: about.confidence }),
    also: (about?.also ?? []).flatMap((one) => needOf(one) ?? []),
    ...(about === undefined ? {} : { seq: about.seq }),
    ...(academy === undefined ? {} : { academy }),
    ...(department === undefined ? {} : { department }),
    ...(corps === undefined ? {} : { corps }),
  };
};
