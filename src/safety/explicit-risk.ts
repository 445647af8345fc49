import type { RiskReason } from './risk.js';

/**
 * Words that are a danger by themselves: a guarantee on what is said openly. Veiled wording is the learned
 * score's work; these patterns are never among its features (they would be trusted beyond what they know).
 * They run on normalised text, without accents or apostrophes.
 */
interface OpenWords {
  reason: RiskReason;
  pattern: RegExp;
}

const SELF = '(?:me|m|nous)';
const EXPLICIT: readonly OpenWords[] = [
  {
    reason: 'act-in-progress',
    pattern:
      /\b(?:j ai (?:tout )?(?:avale|pris) (?:tous |toutes )?(?:mes|les|des|une boite|plein|trop) ?(?:de )?(?:cachets|medicaments|comprimes|boites?|pilules)|je (?:viens de )?m ouvr(?:e|ir) les veines|je suis sur le (?:pont|toit|rebord)|i (?:have )?(?:just )?(?:taken|took|swallowed) (?:all )?(?:my|the|too many|a lot of) (?:pills|tablets|medication))\b/,
  },
  {
    reason: 'plan',
    pattern:
      /\b(?:j ai (?:tout )?(?:prepare|prevu|ecrit) (?:ma lettre|une lettre d adieu|mes adieux|de quoi (?:en finir|mourir|me tuer))|lettre d adieux?|j ai choisi (?:le jour|la date|comment) (?:ou |de )?(?:j en finis|mourir|ma mort)|i have a plan to (?:die|end it|kill myself)|ce soir j en finis)\b/,
  },
  {
    reason: 'third-person',
    pattern:
      /\b(?:(?:collegue|ami|amie|mari|femme|fils|fille|soeur|frere|mere|pere|eleve|directeur|directrice|il|elle)(?: [a-z]+){0,4} (?:veut|va|menace de|parle de|pense a) (?:mourir|se (?:tuer|suicider|supprimer|pendre|jeter|foutre en l air)|en finir)|(?:he|she|colleague|friend|husband|wife)(?: [a-z]+){0,4} (?:wants to die|kill (?:him|her)self))\b/,
  },
  {
    reason: 'self-harm-ideation',
    pattern: new RegExp(
      `\\b(?:suicid(?:e|er|aire|aires|erai|al)|mettre (?:un terme|fin) a (?:ma vie|mes jours)|mettre fin a tout|finir avec (?:la|ma) vie|en finir (?:avec (?:tout|la vie|ma vie)|pour de bon|definitivement)|${SELF} (?:tuer|suicider|supprimer|foutre en l air|pendre|flinguer|buter|ouvrir les veines|jeter (?:sous|par|dans|du)|donner la mort|faire du mal|noyer)|me fout(?:re|s) en l air|envie de (?:mourir|crever|disparaitre pour toujours)|(?:veux|voudrais|vais|prefere|souhaite|aimerais) (?:mourir|crever|etre mort[e]?)|plus envie de vivre|plus la force de vivre|(?:voulu|tente de|essaye de|failli) (?:mourir|me tuer|me suicider|en finir)|(?:ne )?(?:veux|voudrais) plus (?:vivre|etre en vie|exister)|kill(?:ing)? myself|end(?:ing)? (?:my life|it all)|take my (?:own )?life|want(?:ed)? to die|wish i (?:was|were) dead|better off dead|hurt(?:ing)? myself)\\b`,
    ),
  },
  {
    reason: 'passive-death-wish',
    pattern:
      /\b(?:(?:ne )?(?:plus|jamais) me reveiller|m endormir (?:et|pour) (?:ne )?(?:plus|jamais) me reveiller|mieux (?:si j etais|que je sois) mort[e]?|serait mieux sans moi|seraient mieux sans moi|never wake up|not wake up)\b/,
  },
  {
    reason: 'violence-now',
    pattern:
      /\b(?:(?:il|elle|quelqu un|mon mari|mon ex|mon compagnon|un parent|un eleve)(?: [a-z]+){0,4} (?:me frappe|me tape|m etrangle|a un couteau|a une arme|est arme|defonce la porte|force la porte|essaie d entrer|va me tuer)|he is (?:hitting|beating) me|he has a (?:knife|gun)|there is a man with a (?:knife|gun))\b/,
  },
  {
    reason: 'danger-to-others',
    pattern:
      /\b(?:(?:vais|veux|envie de) (?:le |la |les |l )?(?:tuer|buter|planter|flinguer)(?! le temps)(?: mon| ma| mes| le| la| les| ce| cet| cette| tout)? ?(?:chef|principal|principale|proviseur|directeur|directrice|collegue|collegues|monde|eleve|eleves|inspecteur|patron|mari|femme|ex)?|venir (?:avec une arme|arme)|i(?: am| m) going to kill (?:him|her|them))\b/,
  },
  {
    reason: 'child-in-danger',
    pattern:
      /\b(?:(?:enfant|eleve|petit|petite|gamin|gamine|fille|garcon|fils)(?: [a-z]+){0,6} (?:se fait (?:battre|frapper|violer|toucher)|est (?:battu|battue|frappe|frappee|viole|violee)|a ete (?:viole|violee|battu|battue))|child is being (?:beaten|abused|hurt))\b/,
  },
  {
    reason: 'medical-emergency',
    pattern:
      /\b(?:(?:douleur|serre|mal) (?:dans|a) la poitrine|n arrive plus a respirer|ne respire plus|fait un malaise|inconscient[e]?|perdu connaissance|fait un (?:avc|infarctus|arret cardiaque)|overdose|can t breathe|chest pain|not breathing|unconscious)\b/,
  },
  {
    reason: 'goodbye',
    pattern:
      /\b(?:adieu a tous|c est (?:mon|un) dernier (?:message|mot|appel)|je voulais (?:juste )?(?:vous )?dire adieu|prenez soin de mes enfants|vous direz a (?:mes|ma|mon)(?: [a-z]+){1,3} que je l(?:es)? aim)\b/,
  },
];

/** What is said just before that turns the sense: denial, idiom, fiction, somebody else's words long past. */
const GUARDS: readonly RegExp[] = [
  /\b(?:jamais (?:pense|songe|voulu|eu (?:envie|l idee))|n ai (?:pas|aucune|jamais)(?: [a-z]+){0,3} (?:envie|idees?|pensees?|intention)|ne (?:veux|vais|pense) pas|pas d idees?|aucune idee|pas envie|sans (?:penser|vouloir)|not (?:going to|want to|thinking)|never (?:thought|wanted)|don t want to)(?: [a-z]+){0,4}$/,
  /\b(?:mort[s]? de (?:rire|trouille|faim|fatigue|honte)|(?:un|le|du|ce|les|des) (?:film|livre|roman|serie|cours|formation|article|documentaire|affiche|prevention|stage|conference|sujet|theme|projet)s?)(?: [a-z]+){0,8}$/,
  /\b(?:je me|a me|se|on se|nous) tue(?:r|nt)? (?:a|au|pour)(?: [a-z]+){0,3}$/,
];
/** And just after: "me tuer au travail", "mourir de rire", "tuer le temps", "prevention du suicide". */
const IDIOM_AFTER =
  /^ ?(?:de (?:rire|chaud|chaleur|faim|soif|honte|fatigue|ennui|peur)|au travail|a la tache|a (?:leur|lui|vous|te) (?:dire|expliquer|repeter)|le temps|d ennui|social|professionnel|commercial)\b/;
/** Expressions that borrow the words of death. */
const IDIOM =
  /\bmort[es]{0,2} de (?:rire|trouille|faim|fatigue|honte|peur)|\bme tue(?:r)? (?:a (?:leur|lui|vous|te|la|ecrire|preparer)|au travail|pour (?:eux|rien))|\bcreve de (?:chaud|faim)\b/;
const PREVENTION_BEFORE =
  /\b(?:prevention|formation|module|campagne|numero|semaine|journee|plan)(?: [a-z]+){0,3}$/;
/** A past that is said to be over, and nothing now. */
const OVER =
  /\b(?:il y a|y a) (?:\w+ ){1,3}ans?\b.{0,120}\b(?:(?:va|vais) (?:bien|mieux)|c est (?:passe|fini|du passe)|derriere moi|gueri)/;
/** Words around a match that are looked at, in characters. */
const BEFORE = 80;

export type ExplicitRisk =
  | { kind: 'open'; reason: RiskReason }
  /** Such words are there, and what stands around them turns their sense: a denial, an idiom, a past. */
  | { kind: 'turned' }
  | { kind: 'none' };

/** Looks for danger said openly in normalised text. */
export function explicitRisk(normalised: string): ExplicitRisk {
  const found = EXPLICIT.map(({ reason, pattern }) => ({ reason, how: speaksOf(normalised, pattern) }));
  const open = found.find(({ how }) => how === 'open');
  if (open !== undefined) return { kind: 'open', reason: open.reason };
  const turned = IDIOM.test(normalised) || found.some(({ how }) => how === 'turned');
  return { kind: turned ? 'turned' : 'none' };
}

function speaksOf(text: string, pattern: RegExp): 'open' | 'turned' | 'none' {
  let turned = false;
  for (const match of text.matchAll(new RegExp(pattern.source, 'g'))) {
    const before = text.slice(Math.max(0, match.index - BEFORE), match.index).trimEnd();
    const after = text.slice(match.index + match[0].length);
    if (!isTurned(before, after) && !OVER.test(text)) return 'open';
    turned = true;
  }
  return turned ? 'turned' : 'none';
}

const isTurned = (before: string, after: string): boolean =>
  GUARDS.some((guard) => guard.test(before)) || IDIOM_AFTER.test(after) || PREVENTION_BEFORE.test(before);
