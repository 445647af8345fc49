/**
 * Short sentences that leave out what they speak of: "je ne veux plus" is about Tuesday after a question about
 * Tuesday, and may be about living when it answers nothing. On normalised text.
 */
const LEFT_OUT =
  /^(?:(?:mais|et|enfin|euh|la|franchement|voila|non|de toute facon) ){0,3}(?:je (?:ne )?(?:veux|peux|supporte|tiens) plus(?: du tout| rien)?|j (?:arrete|abandonne|en ai assez|en ai marre) ?(?:tout|de tout|la)?|je (?:vais|veux) (?:arreter|tout arreter|en finir|partir|dormir)|c est (?:fini|trop tard|la fin|termine)(?: pour moi)?|(?:ca|cela|plus rien) (?:ne )?sert (?:plus )?a (?:plus )?rien|a quoi (?:bon|ca sert)|(?:je n ai |j ai )?plus (?:envie|la force|d espoir|rien)(?: de rien)?|(?:je voudrais|j aimerais|je veux) (?:que ca s arrete|ne plus etre la)|(?:i )?(?:can t (?:go on|anymore|do this anymore)|give up|want it to stop|don t want to anymore)|what s the point|it s over)(?: voila| merci| pardon| desolee?)?$/;

export const leavesUnsaid = (normalised: string): boolean =>
  normalised.length <= 80 && LEFT_OUT.test(normalised);
