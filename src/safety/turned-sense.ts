/**
 * What turns the sense of open words: denial, idiom, somebody else's words, fiction, a past that is over. On
 * normalised text; `before` and `after` are what stands around the open words.
 */
export interface Around {
  before: string;
  after: string;
  whole: string;
}

/** Characters looked at on each side. */
export const LOOKED_AROUND = 110;

/** Up to six words may stand between a denial and what it denies, none of which begins another sentence. */
const DENIED_BEFORE =
  /\b(?:jamais (?:pense|songe|voulu|eu|ete|envisage|imagine|essaye|tente)|(?:n ai|ai) (?:pas|aucune?|jamais) (?:d |de |l |eu |la moindre |du tout )*(?:envie|idees?|pensees?|intention|projet)?|(?:ne )?(?:veux|vais|pense|suis|songe|compte|voulais|cherche) (?:pas|surtout pas|absolument pas)|c est pas que|ce n est pas que|n est pas question|pas question|pas d|pas de|pas des|aucune? (?:envie|idees?|pensees?|intention|tentative|projet)|sans (?:penser|vouloir|songer|aller|avoir)|loin de moi|pas au point|pas jusqu a|pas du genre|pas (?:vraiment )?envie|plutot que|risque pas|non pas|ni|not|never|don t|do not|no intention|without|isn t that|didn t)(?: (?!(?:je|j|mais|et|alors|donc|i|but|and)\b)[a-z]+){0,6}$/;
const DENIED_AFTER =
  /^(?: [a-z]+){0,3} (?:ca non|non non|surtout pas|jamais de la vie|loin de la|c est pas (?:ca|le cas|la question)|ce n est pas (?:ca|le cas|la question)|n est pas (?:le sujet|la question)|je n y pense pas|j y pense pas|n ayez crainte|je vous rassure|rassurez vous|ne vous inquietez pas|don t worry|not at all)\b/;
/** "à me tuer", "de quoi me tuer": who denies wishing does not deny fearing. */
const NOT_A_DENIAL =
  /\b(?:plus envie|plus aucune|je ne sais pas|sais pas|n en peux plus|pas seulement|pas que)(?: [a-z]+){0,3}$/;

/** What a book or a course speaks of: nothing that the caller says of themselves stands between. */
const FICTION_BEFORE =
  /\b(?:film|livre|roman|serie|piece|theatre|poeme|chanson|documentaire|reportage|article|podcast|emission|bd|manga|nouvelle de|tragedie|heros|heroine|personnage|romeo|werther|bovary|antigone|anna karenine|prevention|formation|module|conference|colloque|campagne|affiche|protocole|sensibilisation|chapitre|dissertation|sequence|movie|book|novel|training|lesson)s?(?: (?!(?:je|j|i)\b)[a-z0-9]+){0,12}$|\b(?:stage|semaine|journee|cours|lecon|programme|expose|atelier)s? (?:de|du|des|sur|contre|d)(?: (?!(?:je|j|i)\b)[a-z0-9]+){0,4}$/;
const FICTION_AFTER =
  /^(?: [a-z]+){0,6} (?:dans (?:le|un|ce|la|une|mon) (?:film|livre|roman|serie|piece|chapitre|cours|texte|chanson)|au cinema|a la fin du (?:film|livre|roman)|de flaubert|de shakespeare|de camus|de goethe|de racine|de durkheim|in the (?:film|book|movie|novel))\b/;

/** Expressions that borrow the words of death. */
const IDIOM_BEFORE =
  /\b(?:mort[es]{0,2} de|creve[er]? de|a (?:vous|te|en|nous) (?:faire )?(?:tuer|crever|mourir)|belle a|beau a|bete a|long a|a s en|ennui a|rire a)(?: [a-z]+){0,3}$/;
const IDIOM_AFTER =
  /^ ?(?:de (?:rire|chaud|chaleur|froid|faim|soif|honte|fatigue|ennui|peur|trouille|jalousie|rage|curiosite)|au travail|a la tache|au boulot|a (?:leur|lui|vous|te|le|la|les|essayer|repeter|expliquer|dire|faire|preparer|corriger|rattraper)|la sante|le (?:temps|dos|moral|metier|cerveau)|d ennui|social|professionnel|commercial|politique|economique|pour (?:eux|rien|ce metier|ce boulot|des clopinettes)|moins bete|of (?:laughter|boredom|embarrassment|shame|hunger)|laughing)\b/;
const FIGURE =
  /\b(?:facon de parler|au sens figure|c est une (?:image|expression|blague)|si j ose dire|comme on dit|je plaisante|je rigole|mdr|lol|ptdr|figure of speech|just kidding)\b/;

/** Somebody who has died by suicide: grief, not danger, unless the caller's own wish is there too. */
const BEREAVED =
  /\b(?:s est|se sont|s etait|se soit) (?:suicidee?s?|pendue?s?|tuee?s?|donnee? la mort|jetee?s?|supprimee?s?|tiree? une balle)\b|\b(?:le |son |ce )?suicide (?:de|d|du) (?:mon|ma|mes|un|une|notre|nos|son|sa|la|l|deux|cette?|papa|maman)\b|\ba mis fin a ses jours\b/;

const LONG_AGO =
  /\b(?:il y a (?:\w+ ){1,3}(?:ans?|annees)|y a (?:\w+ ){1,3}(?:ans?|annees)|a l epoque|dans ma jeunesse|autrefois|quand j (?:etais|avais)|en (?:19|20)\d\d|ado(?:lescente?)?|years ago|when i was|back then|in my twenties)\b/;
const OVER_NOW =
  /\b(?:va bien|va mieux|vais bien|vais mieux|c est (?:passe|fini|derriere|du passe|loin|regle|une vieille histoire)|derriere moi|gueri[e]?|j en suis sorti[e]?|stabilisee?|plus du tout (?:ca|ces)|bien suivie?|n y pense plus|aujourd hui (?:ca va|tout va|je suis bien|je vais)|heureu(?:x|se)|i m (?:fine|better|ok)|that s over|i am (?:fine|better|well))\b/;
const BACK_AGAIN =
  /\b(?:ca (?:me )?(?:reprend|revient|recommence)|revien(?:t|nent)|recommence[rz]?|de nouveau|a nouveau|comme avant|pareil qu avant|le meme (?:etat|gouffre|point)|rechute|replonge|again|coming back)\b/;

export const isTurned = ({ before, after, whole }: Around): boolean =>
  (DENIED_BEFORE.test(before) && !NOT_A_DENIAL.test(before)) ||
  DENIED_AFTER.test(after) ||
  FICTION_BEFORE.test(before) ||
  FICTION_AFTER.test(after) ||
  IDIOM_BEFORE.test(before) ||
  IDIOM_AFTER.test(after) ||
  FIGURE.test(before) ||
  FIGURE.test(after) ||
  isOver(`${before} ${whole} ${after}`);

/** A past that is said to be over, and does not come back. */
const isOver = (text: string): boolean =>
  LONG_AGO.test(text) && OVER_NOW.test(text) && !BACK_AGAIN.test(text);

/** Idioms, grief and reassurance that the learned score may take for danger. */
export const borrowsDeath = (normalised: string): boolean =>
  /\bmort[es]{0,2} de (?:rire|trouille|faim|fatigue|honte|peur)|\b(?:me|m) tue(?:nt|r)? (?:a (?:leur|lui|vous|te|la|ecrire|preparer|petit feu)|au travail|pour (?:eux|rien))|\bcreve de (?:chaud|faim)\b/.test(
    normalised,
  ) ||
  BEREAVED.test(normalised) ||
  FIGURE.test(normalised) ||
  DEATH_DENIED.test(normalised) ||
  (LONG_AGO.test(normalised) &&
    isOver(normalised) &&
    /\b(?:suicid|tentative|mourir|en finir|noires)/.test(normalised));

/** Said clearly that dying is not the matter: asked about rather than alerted, never simply believed. */
const DEATH_DENIED =
  /\b(?:pas|jamais|aucune?|rien|ni|sans|loin|nullement|not|never|no)(?: (?!(?:je|j|i|mais|but)\b)[a-z]+){0,4} (?:mourir|suicid[a-z]*|en finir|me (?:tuer|pendre|jeter|supprimer|foutre en l air|faire du mal)|idees? noires?|pensees? noires?|sauter|mes jours|mettre fin|kill myself|die|suicidal|hurt myself)\b|\b(?:je vous rassure|rassurez vous|je tiens a la vie|j aime la vie|pas en danger|(?:ne )?vais pas faire de betises?|n appelez pas|pas besoin d appeler|don t worry|i m not suicidal)\b/;
