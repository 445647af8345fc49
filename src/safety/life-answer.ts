import { normalise } from './normalise.js';

const CLEAR_NO =
  /^(?:ah |oh |euh |bah |ben |heu )*(?:non|no|nope|nan|pas du tout|absolument pas|jamais|aucunement|not at all|never)\b/;
const ONLY_NO =
  /^(?:non|no|nope|nan|pas du tout|absolument pas|jamais|not at all|never|merci|thanks|thank you|ca va|je vous rassure|rassurez vous|ne vous inquietez pas|je ne pense pas a (?:mourir|ca|cela)|je n y pense pas|je ne veux pas mourir|personne n est en danger|rien de tel|pas de danger|c est pas ca|ce n est pas ca|vraiment|du tout|je ne|suis|pas|en danger|a ce point|quand meme|bien sur|mais|je|suis juste|fatigue[e]?|epuise[e]?|juste|tres|i am|i m|just|tired|not|in danger|of course|don t worry|euh|ah|oh|bah|ben|heu| )+$/;
const YES =
  /\b(?:oui|yes|ouais|parfois|souvent|des fois|un peu|peut etre|maybe|sometimes|tout le temps|j y pense|je crois|si|envie)\b/;

/**
 * How the direct question "Pensez-vous à mourir ?" is answered. Only a clear no is `no`: a no that goes on
 * with anything else than reassurance is unclear.
 */
export function answerAboutLife(text: string): 'no' | 'yes' | 'unclear' {
  const said = normalise(text.slice(0, 400));
  if (YES.test(said)) return 'yes';
  return CLEAR_NO.test(said) && ONLY_NO.test(said) ? 'no' : 'unclear';
}
