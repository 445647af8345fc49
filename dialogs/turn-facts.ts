import type { Owner } from '../src/conversations/conversation.js';
import { readCorps } from '../src/directory/read-words.js';
import { academyOfDepartment } from '../src/kernel/academies.js';
import { NEEDS } from '../src/kernel/needs.js';
import type { Fact } from '../src/reporting/fact.js';
import type { Effects, Memory } from './dialog.js';
import type { CallerInput } from './turn-types.js';

/** What a caller says of their corps in passing, until it is known: it is counted, never asked for counting. */
export function withCorps(memory: Memory, input: CallerInput): Memory {
  if (memory.corps !== undefined || input.kind !== 'text') return memory;
  const corps = readCorps(input.text);
  return corps === undefined ? memory : { ...memory, corps };
}

/** Needs that say nothing of what brings somebody. */
const SAYS_LITTLE = new Set(['parler_humain', 'hors_sujet', 'info_service']);

/** What brings the caller stays known when they then ask for a person. */
export function withAbout(memory: Memory, { before, seq }: { before: Memory; seq: number }): Memory {
  const { need, needFrom, about } = memory;
  if (need === undefined || need === before.need) return memory;
  if (SAYS_LITTLE.has(need) && about !== undefined) return memory;
  return { ...memory, about: { also: [], ...needFrom, need, seq } };
}

/** What one saved turn adds to the counts: what is new in the memory, and what the dialogs did. */
export function factsOfTurn(turn: { before: Memory; after: Memory; owner: Owner; effects: Effects }): Fact[] {
  const { before, after, owner, effects } = turn;
  const need = NEEDS.find((known) => known === after.need);
  const academy = academyOf(after);
  const queued = effects.owner?.kind === 'queue' && owner.kind !== 'queue';
  return [
    ...(need === undefined || need === before.need ? [] : [{ kind: 'need-understood', need } as const]),
    ...(academy === undefined || academy === academyOf(before)
      ? []
      : [{ kind: 'academy-said', academy } as const]),
    ...(after.corps === undefined || after.corps === before.corps
      ? []
      : [{ kind: 'corps-said', corps: after.corps } as const]),
    ...(queued ? [{ kind: 'handed-over' } as const] : []),
    ...(effects.facts ?? []),
  ];
}

const academyOf = ({ academy, department }: Memory): string | undefined =>
  academy ?? (department === undefined ? undefined : academyOfDepartment(department)?.slug);
