import type { Need } from '../kernel/needs.js';

/**
 * Requests of a few words, as they are said to a menu. A classifier trained on sentences has little to go by
 * in two words; these leave no doubt. They run on normalised text.
 */
const SHORT: readonly { need: Need; pattern: RegExp; now?: true }[] = [
  {
    need: 'info_rdv',
    pattern:
      /\b(?:annul\w*|deplac\w*|report\w*|decommand\w*|modifi\w*|chang\w*|confirm\w*|retrouv\w*|cancel\w*|reschedul\w*|move)\b.{0,30}\b(?:rendez vous|seance|appointment)\b|\b(?:mon|my) (?:rendez vous|appointment)\b.{0,20}\b(?:est|quand|heure|when)\b|^(?:annuler|annulation|cancel|j ai (?:deja )?un rendez vous)$/,
  },
  {
    need: 'parler_humain',
    pattern:
      /^(?:(?:je (?:veux|voudrais|souhaite|prefere) )?(?:parler|avoir|etre mis en relation)? ?(?:a|avec|au|directement)? ?(?:une?|vraie?|quelqu un|personne|humain|operateur|operatrice|conseiller|conseillere|un humain|une personne|une vraie personne|un operateur|une operatrice|un conseiller|operator|human|a person|a human|someone|real person)(?: s il vous plait| reelle| humaine| please)?)$/,
  },
  {
    need: 'ecoute_psy',
    pattern:
      /\b(?:rendez vous|appointment)\b.{0,30}\b(?:psychologue|psy|psychologist)\b|\b(?:parler|discuter|echanger|speak|talk|voir|see|etre ecoutee?)\b.{0,12}\b(?:psychologue|psy|psychologist)\b|^(?:(?:je (?:veux|voudrais|souhaite|souhaiterais|aimerais) )?(?:prendre|avoir|obtenir)? ?(?:un )?(?:rendez vous|appointment)|un psychologue|une psychologue|psychologue|un psy|a psychologist|psychologist|book an appointment|(?:i d like |i would like |i want |i need )?(?:to make )?an appointment)(?: s il vous plait| please)?$/,
  },
  {
    need: 'info_service',
    pattern:
      /^(?:(?:bonjour|dites moi|je voudrais savoir|est ce que|a|de|jusqu a|et) )*(?:(?:quels? (?:sont )?|c est quoi )?(?:vos horaires|(?:les|vos) heures d ouverture|les horaires (?:de la ligne|du service|d ouverture))|(?:vous (?:etes ouverte?s?|ouvrez|fermez|repondez)|(?:etes|ouvrez|fermez|repondez) vous|(?:la ligne|le service) (?:est ouverte?|ouvre|ferme)) .{0,30}(?:heures?|quand|jours?|nuit|soir|week ?end|samedis?|dimanches?|vacances|feries?)|(?:quand|quelles? heures?|quels? jours?) (?:est ce que )?(?:(?:vous|la ligne|le service|les psychologues|les operateurs) )?(?:etes vous |est elle |est il |etes |est )?(?:ouvr\w+|ferm\w+|ouverte?s?|repond\w+)(?: vous| t il| t elle)?|(?:are|when are) you (?:open|closed)|is the line (?:open|closed)|what are your (?:opening )?hours|your (?:opening )?hours|(?:when|what time) (?:do|does) (?:you|it|the line) (?:open|close))(?:.{0,30})$/,
  },
  {
    need: 'info_service',
    pattern:
      /^(?:.{0,20}\b)?(?:c est (?:anonyme|gratuit|confidentiel|payant|ouvert)|est ce (?:que c est )?(?:anonyme|gratuit|confidentiel)|vos horaires|is (?:it|this) (?:free|anonymous|confidential)|comment (?:ca marche|ca fonctionne))(?:.{0,20})$/,
  },
];

/** Longer texts are sentences. */
const MAX_WORDS = 14;

/** A greeting alone says nothing of the need. */
export const isGreeting = (normalised: string): boolean =>
  /^(?:bonjour|bonsoir|salut|coucou|allo|hello|hi|good (?:morning|evening)|bonjour (?:madame|monsieur|a vous|a tous))$/.test(
    normalised,
  );

export function shortRequest(normalised: string): Need | undefined {
  if (normalised.split(' ', MAX_WORDS + 1).length > MAX_WORDS) return undefined;
  return SHORT.find(({ pattern }) => pattern.test(normalised))?.need;
}
