/**
 * What everybody says in any conversation: courtesy, hesitation, a yes, a day, "je ne sais pas". It says nothing of
 * danger whatever it resembles, unless the direct question was just asked. On normalised text.
 */
const PHRASES = [
  'oui|non|si|ok|peut etre|tres bien|ca marche|fine|great|maybe|okay|d accord|entendu|parfait|exactement|tout a fait|bien sur|c est (?:ca|bon|cela|note|tout)|voila|euh|ben|bah|hein|alors|donc|et|mais|pas',
  'bonjour|bonsoir|salut|allo|au revoir|a bientot|a demain|bonne (?:journee|soiree|nuit|fin de journee|continuation)',
  'merci(?: beaucoup| bien| a vous| d etre la| de m avoir (?:ecoutee?|repondu)| de votre (?:aide|reponse))?|pardon|desolee?|excusez moi|s il vous plait|madame|monsieur',
  '(?:je )?(?:ne |n en )?sais (?:pas|rien)(?: trop| encore| vraiment)?|aucune idee|ca m est egal|je (?:ne )?comprends pas|peu importe|n importe (?:quand|lequel|laquelle)|comme vous voulez|comme ca vous arrange',
  'autre chose|rien d autre|attendez|un instant|une minute|pas maintenant|pas encore|(?:pouvez vous )?repete[rz]|comment|quoi',
  '(?:plus|un peu plus) (?:tard|tot)|maintenant|tout de suite|aujourd hui|demain|apres demain|un autre jour|une autre fois|(?:la )?semaine prochaine|des que possible|le plus (?:tot|vite) possible',
  '(?:le |ce |cet |en (?:debut|fin) d ?e? ?)?(?:matin|matinee|midi|apres midi|soir|journee|semaine)|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche',
  '(?:l[ae] )?(?:premiere?|deuxieme|seconde?|troisieme|derniere?)(?: message)?|par telephone|au telephone|en face a face|sur place',
  'yes|no|hello|hi|bye|goodbye|good (?:morning|evening|night)|thanks|thank you(?: very much| so much)?|please|sorry|(?:i )?(?:don t|do not) know|whatever|never mind|it doesn t matter|one moment|not now|(?:i am |i m )?not sure',
  'later|now|right now|today|tomorrow|another (?:day|time)|something else|nothing else|next week|monday|tuesday|wednesday|thursday|friday|saturday|sunday|(?:in the )?(?:morning|afternoon|evening)',
];
const LONGEST = 80;
const EVERYDAY = new RegExp(`^(?:(?:${PHRASES.join('|')})(?: |$))+$`);

export const isEveryday = (normalised: string): boolean =>
  normalised.length <= LONGEST && EVERYDAY.test(normalised);
