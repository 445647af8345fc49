import type { Account, Role } from './account.js';

export const PERMISSIONS = ['desk:see', 'desk:act', 'duty:own', 'duty:see'] as const;
export type Permission = (typeof PERMISSIONS)[number];

const GRANTED: Readonly<Record<Role, readonly Permission[]>> = {
  operator: ['desk:see', 'desk:act', 'duty:own'],
  coordinator: ['desk:see', 'desk:act', 'duty:own', 'duty:see'],
  psychologist: ['duty:own'],
  admin: [],
};

export const may = ({ roles }: Account, permission: Permission): boolean =>
  roles.some((role) => GRANTED[role].includes(permission));
