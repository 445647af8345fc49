import { describe, expect, it } from 'vitest';
import { createEscalation } from '../../src/handoff/escalation.js';
import { asId, type StaffId } from '../../src/kernel/ids.js';

const staffOf = (...names: string[]): StaffId[] => names.map((name) => asId<StaffId>(name));

function office({ operators = staffOf('camille', 'lou'), coordinators = staffOf('andrea', 'noa') } = {}) {
  const rung: string[] = [];
  const escalation = createEscalation({
    operators: async () => operators,
    coordinators: async () => coordinators,
    ring: async (staff) => void rung.push(staff),
  });
  return { rung, escalation };
}

describe('the phones an alert rings', () => {
  it('are those of all operators first, then of one coordinator after another', async () => {
    const { rung, escalation } = office();
    expect(await escalation.ring(0)).toBe(2);
    for (const round of [1, 2, 3]) await escalation.ring(round);
    expect(rung).toEqual(['camille', 'lou', 'andrea', 'noa', 'andrea']);
  });

  it('are the coordinators’ at once when no operator is there, and the operators’ when there is no coordinator', async () => {
    const alone = office({ operators: [] });
    await alone.escalation.ring(0);
    expect(alone.rung).toEqual(['andrea']);
    const bare = office({ coordinators: [] });
    for (const round of [0, 1]) await bare.escalation.ring(round);
    expect(bare.rung).toEqual(['camille', 'lou', 'camille', 'lou']);
  });
});
