/** Said in so many words: something has just happened, or the caller is in the middle of it. */
const ACUTE =
  /\b(?:(?:viens|vient|venons) (?:juste )?de (?:me |m |se |nous |subir|vivre|recevoir une gifle|sortir des urgences)|crise d angoisse|crise de panique|crise de larmes|panic attack|attaque de panique|a la rue (?:ce soir|cette nuit|demain|depuis)|dehors (?:ce soir|cette nuit)|mis(?:e)? dehors|mettre dehors (?:ce soir|demain)|expulse[es]* (?:ce|demain|aujourd hui)|je tremble|j en tremble|encore sous le choc|en etat de choc|dormir dans (?:ma|la) voiture)\b/;

/** Acute distress or danger today, in normalised text. */
export const isAcute = (normalised: string): boolean => ACUTE.test(normalised);
