import { tidy } from './normal-words.js';

/** Words that say a thing did not take place. Hyphens and spaces may be any. */
const NOT_DONE =
  /(?<![\p{L}\p{M}])(?:(?:not|never)[\s-]+(?:been[\s-]+)?(?:given|done|administered|performed|taken|available)|refus(?:ed|al)|declined|postponed|deferred|cancell?ed|contra[\s-]?indicated|with[\s-]?held|नहीं (?:दिया|दी|लगा|लगाया|लगी|किया|हुआ|हुई)|nahi[n]? (?:diya|di|laga|lagaya|lagi|kiya|hua)|मना (?:किया|कर)|स्थगित|रद्द)(?![\p{L}\p{M}])/u;
const PLANNED =
  /(?<![\p{L}\p{M}])(?:planned|plan|advised|adv|advice|scheduled|to be done|posted for|awaited)(?![\p{L}\p{M}])|सलाह|प्रस्तावित/u;
const WORDS_OF = (text: string): string => tidy(text).replace(/\s+/g, ' ');

/** Whether the words say that it was not done: `not given`, `refused`, `नहीं दिया`. */
export function isNotDone(text: string): boolean {
  return NOT_DONE.test(WORDS_OF(text));
}

/** Whether the words say that it is still to be done: `planned`, `advised`. */
export function isPlanned(text: string): boolean {
  return PLANNED.test(WORDS_OF(text));
}
