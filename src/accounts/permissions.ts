import type { Account, Role } from './account.js';

export const PERMISSIONS = [
  'desk:see',
  'desk:act',
  'duty:own',
  'duty:see',
  'statistics:see',
  'diary:see',
  'diary:edit',
  'diary:own',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const GRANTED: Readonly<Record<Role, readonly Permission[]>> = {
  operator: ['desk:see', 'desk:act', 'duty:own'],
  coordinator: ['desk:see', 'desk:act', 'duty:own', 'duty:see', 'statistics:see', 'diary:see', 'diary:edit'],
  psychologist: ['duty:own', 'diary:own'],
  admin: ['statistics:see'],
};

export const may = ({ roles }: Account, permission: Permission): boolean =>
  roles.some((role) => GRANTED[role].includes(permission));
