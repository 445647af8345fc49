import type { Need } from '../../src/triage/need.js';
import type { DialogName } from '../dialog.js';
import type { Door } from './triage-question.js';

export interface Route {
  dialog: DialogName;
  with: unknown;
}

/** Which dialog serves a need first (product.md, "Needs"). */
export const ROUTE_OF_NEED: Readonly<Record<Need, Route>> = {
  ecoute_psy: { dialog: 'booking', with: { stage: 'now-or-later' } },
  crise: { dialog: 'crisis', with: { stage: 'ask', reason: 'unclear' } },
  violence_discrimination: { dialog: 'orientation', with: { need: 'violence_discrimination' } },
  agression_menace: { dialog: 'orientation', with: { need: 'agression_menace' } },
  conflit_management: { dialog: 'orientation', with: { need: 'conflit_management' } },
  social_financier: { dialog: 'orientation', with: { need: 'social_financier' } },
  carriere_mobilite: { dialog: 'orientation', with: { need: 'carriere_mobilite' } },
  sante_poste: { dialog: 'adjustment', with: {} },
  info_rdv: { dialog: 'manage-booking', with: {} },
  info_service: { dialog: 'triage', with: { inform: true } },
  parler_humain: { dialog: 'handoff', with: { because: 'asked' } },
  hors_sujet: { dialog: 'triage', with: { redirect: true } },
};

export const ROUTE_OF_DOOR: Readonly<Record<Door, Route>> = {
  'psychologist-now': { dialog: 'phone-line', with: {} },
  appointment: { dialog: 'booking', with: { stage: 'mode' } },
  'right-service': { dialog: 'triage', with: { tell: true } },
  manage: { dialog: 'manage-booking', with: {} },
  human: { dialog: 'handoff', with: { because: 'asked' } },
};
