import { HISTORY, isWithDuration, withoutGrammar } from './codable-core.js';
import { MINUS, NOT_NOW, SUSPICION, anyOf, spaced } from './finding-words.js';
import { LONGEST_TERM, tidy } from './normal-words.js';

/**
 * What a finding's words say of it:
 * `present`; `suspected` (`? malaria`); `denied`, with the words of what is denied (`no fever`); `told`, when it is over,
 * somebody else's, or not to be judged from the words.
 */
export type Standing =
  { readonly kind: 'present' | 'suspected' | 'told' } | { readonly kind: 'denied'; readonly what: string };

const SUSPECTED = new RegExp(` (?:${anyOf(SUSPICION)}) `, 'u');
/** `2 years back`, `3 साल पहले`; but `since 3 days back` is still there. */
const PAST =
  / (?:days?|weeks?|wks?|months?|mths?|years?|yrs?|दिन|हफ्ते|महीने|माह|साल|वर्ष|din|hafte|mahine|saal) (?:back|पहले|pahle|pehle) /u;
const SINCE = / (?:since|from|से|se) /u;

const DENIED_IN_FRONT =
  /^ (?:(?:c o|pt|patient|has|is|with) )*(?:no|not|nil|without|denies|बिना|bina) (?:(?:any|a|an|of) )*(.+)$/u;
const DENIED_BEHIND = /^(.+?) (?:nil|negative|neg|absent|not present|not seen|नहीं|नही|नहि|nahi|nahin) $/u;
/** Words that deny within themselves. */
const DENYING: ReadonlyMap<string, string> = new Map([
  ['afebrile', 'fever'],
  ['apyrexial', 'fever'],
  ['anicteric', 'jaundice'],
  ['nondiabetic', 'diabetes'],
  ['non diabetic', 'diabetes'],
  ['normotensive', 'hypertension'],
  ['non hypertensive', 'hypertension'],
  ['non pregnant', 'pregnant'],
]);

/** @param text one finding in the hospital's words */
export function standingOf(text: string): Standing {
  // Prose is not judged; what a doctor wrote as a diagnosis is there.
  if (text.length > LONGEST_TERM) return { kind: 'present' };
  const words = spaced(text);
  const isPast = PAST.test(words) && !SINCE.test(words);
  const isOldHistory = HISTORY.test(words) && !isWithDuration(words);
  if (NOT_NOW.test(words) || isPast || isOldHistory) return { kind: 'told' };
  if (SUSPECTED.test(words)) return { kind: 'suspected' };
  const core = withoutGrammar(words);
  const denying = DENYING.get(core.trim());
  if (denying !== undefined) return { kind: 'denied', what: denying };
  const denied = DENIED_IN_FRONT.exec(core)?.[1] ?? DENIED_BEHIND.exec(core)?.[1] ?? minused(text);
  return denied === undefined
    ? { kind: 'present' }
    : { kind: 'denied', what: withoutGrammar(` ${denied.trim()} `).trim() };
}

/** `malaria (-)`, `malaria -ve`. */
function minused(text: string): string | undefined {
  const plain = tidy(text);
  return MINUS.test(plain) ? spaced(plain.replace(MINUS, ' ')) : undefined;
}
