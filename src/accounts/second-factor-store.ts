import type { StaffId } from '../kernel/ids.js';
import type { SecondFactor } from './second-factor.js';

export interface SecondFactorStore {
  get(staff: StaffId): Promise<SecondFactor | undefined>;
  /** Saved only if the stored version is `factor.version - 1`; version 1 is the first. */
  save(factor: SecondFactor): Promise<'saved' | 'conflict'>;
  remove(staff: StaffId): Promise<void>;
}
