import type { Account, Role } from './account.js';

export const PERMISSIONS = [
  'account:own',
  'accounts:manage',
  'audit:see',
  'data:manage',
  'desk:own',
  'desk:see',
  'desk:act',
  'duty:own',
  'duty:see',
  'statistics:see',
  'diary:see',
  'diary:edit',
  'diary:own',
  'hours:edit',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const GRANTED: Readonly<Record<Role, readonly Permission[]>> = {
  operator: ['account:own', 'desk:own', 'desk:see', 'desk:act', 'duty:own'],
  coordinator: [
    'account:own',
    'desk:own',
    'desk:see',
    'desk:act',
    'duty:own',
    'duty:see',
    'statistics:see',
    'diary:see',
    'diary:edit',
    'hours:edit',
  ],
  psychologist: ['account:own', 'desk:own', 'duty:own', 'diary:own'],
  admin: ['account:own', 'accounts:manage', 'audit:see', 'data:manage', 'statistics:see'],
};

export const may = ({ roles }: Account, permission: Permission): boolean =>
  roles.some((role) => GRANTED[role].includes(permission));
