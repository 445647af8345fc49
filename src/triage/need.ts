export { NEEDS, type Need } from '../kernel/needs.js';

export const URGENCIES = ['vital', 'elevee', 'normale'] as const;
export type Urgency = (typeof URGENCIES)[number];
