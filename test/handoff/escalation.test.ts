import { describe, expect, it } from 'vitest';
import { createAlerts } from '../../src/handoff/alerts.js';
import { createEscalation } from '../../src/handoff/escalation.js';
import { MINUTE } from '../../src/kernel/clock.js';
import { asId, type StaffId } from '../../src/kernel/ids.js';
import { frozenClock } from '../support/frozen-clock.js';
import { seededRandom } from '../support/seeded-random.js';
import { temporaryStore } from '../support/temporary-store.js';

const staffOf = (...names: string[]): StaffId[] => names.map((name) => asId<StaffId>(name));

async function office({
  operators = staffOf('camille', 'lou'),
  coordinators = staffOf('andrea', 'noa'),
} = {}) {
  const { stores, remove } = await temporaryStore();
  const clock = frozenClock();
  const alerts = createAlerts({
    ...{ clock, random: seededRandom(), store: stores.alerts },
    changed: async () => undefined,
  });
  const rung: string[] = [];
  const escalation = createEscalation({
    clock,
    alerts,
    staff: {
      operators: async () => operators,
      coordinators: async () => coordinators,
      ring: async (staff) => void rung.push(staff),
    },
  });
  const raised = await alerts.raise(asId('conversation'), 'plan');
  return { clock, alerts, rung, escalation, raised, remove };
}

describe('an alert that nobody acknowledges', () => {
  it('rings nobody before sixty seconds, then all operators, then one coordinator after another', async () => {
    const { clock, rung, escalation, remove } = await office();
    clock.advance(MINUTE - 1);
    expect(await escalation.escalateDue()).toBe(0);
    clock.advance(1);
    expect(await escalation.escalateDue()).toBe(2);
    for (let round = 0; round < 3; round += 1) await escalation.escalateDue();
    expect(rung).toEqual(['camille', 'lou', 'andrea', 'noa', 'andrea']);
    await remove();
  });

  it('rings no more once somebody has acknowledged it', async () => {
    const { clock, alerts, rung, escalation, raised, remove } = await office();
    clock.advance(MINUTE);
    await alerts.acknowledge(raised.id, asId('camille'));
    expect(await escalation.escalateDue()).toBe(0);
    expect(rung).toEqual([]);
    await remove();
  });

  it('goes to the coordinators at once when no operator is there, and to operators when there is no coordinator', async () => {
    const alone = await office({ operators: [] });
    alone.clock.advance(MINUTE);
    await alone.escalation.escalateDue();
    expect(alone.rung).toEqual(['andrea']);
    await alone.remove();
    const bare = await office({ coordinators: [] });
    bare.clock.advance(MINUTE);
    for (let round = 0; round < 2; round += 1) await bare.escalation.escalateDue();
    expect(bare.rung).toEqual(['camille', 'lou', 'camille', 'lou']);
    await bare.remove();
  });
});
