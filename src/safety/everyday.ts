/**
 * Answers of every conversation: courtesy, "je ne sais pas", "peu importe". They say nothing by themselves, unless
 * they answer the direct question. On normalised text.
 */
const EVERYDAY =
  /^(?:(?:oui|non|ok|okay|d accord|merci(?: beaucoup| bien| d etre la| a vous| infiniment| pour tout| quand meme)?|au revoir|bonne (?:journee|soiree|nuit)|bonjour|bonsoir|a bientot|a demain|je (?:ne |n en )?sais (?:pas|rien)(?: trop| encore)?|aucune idee|peu importe|comme vous voulez|ca m est egal|n importe|peut etre|plus tard|pas maintenant|pas encore|tres bien|parfait|c est (?:bon|note|tout)|ca marche|voila|entendu|s il vous plait|pardon|desolee?|excusez moi|attendez|un instant|une minute|allo|yes|no|thanks|thank you(?: so much| very much| for being there| for your help)?|goodbye|bye|i don t know|i do not know|it doesn t matter|whatever|never mind|maybe|later|not now|fine|great|please|sorry|hello|hi|good (?:night|evening|morning)|one moment|madame|monsieur|euh|ben|bah)(?: |$))+$/;
const LONGEST = 80;

export const isEveryday = (normalised: string): boolean =>
  normalised.length <= LONGEST && EVERYDAY.test(normalised);
