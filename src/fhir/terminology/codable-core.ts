import { ANOTHERS, DENIAL, MINUS, NOT_NOW, SUSPICION, anyOf, spaced } from './finding-words.js';
import { LONGEST_TERM, normalWords, tidy } from './normal-words.js';

const SUSPECTED = new RegExp(` (?:${anyOf(SUSPICION)}) `, 'u');
const DENIED = new RegExp(` (?:${anyOf(DENIAL)}) `, 'u');
const DOUBT_IN_FRONT = new RegExp(
  `^ (?:(?:c o|k c o|pt|patient|has|with) )*(?:${anyOf([...SUSPICION, ...ANOTHERS, ...DENIAL])}) `,
  'u',
);
/** Whether a doubt or a denial comes first; then it may hold for what follows too. */
export function isDoubtedInFront(text: string): boolean {
  return DOUBT_IN_FRONT.test(spaced(text));
}

/** Whether a finding is suspected, denied as a whole (`no fever`), past or the family's: then no code stands for it. */
function isDoubted(text: string): boolean {
  const words = spaced(text);
  return SUSPECTED.test(words) || NOT_NOW.test(words) || DOUBT_IN_FRONT.test(words) || MINUS.test(tidy(text));
}

const COUNT = String.raw`(?:\d+(?:\.\d+)?(?: (?:to )?\d+)?|one|two|three|four|five|ek|do|teen|char|एक|दो|तीन|चार|पांच)`;
const SPAN = [
  ...['days?', 'd', 'weeks?', 'wks?', 'w', 'months?', 'mths?', 'mo', 'm', 'years?', 'yrs?', 'y', 'hours?', 'hrs?', 'h'],
  ...['din', 'hafte', 'hafta', 'mahine', 'mahina', 'saal', 'sal', 'ghante'],
  ...[
    'दिन',
    'दिनों',
    'सप्ताह',
    'हफ्ते',
    'हफ्ता',
    'हफ्तों',
    'महीने',
    'महीना',
    'महीनों',
    'माह',
    'मास',
    'साल',
    'सालों',
    'वर्ष',
    'वर्षों',
    'घंटे',
    'घंटों',
  ],
].join('|');
const LEAD = String.raw`(?:(?:since|for|from|x|last|past|of|पिछले|pichle) )*`;
const TAIL = String.raw`(?: (?:se|ago|old|back|duration|purana|purani|से|पहले|पुराना|पुरानी|की|का))*`;
/** `x 3/7` is three days, `/52` weeks, `/12` months. All in normalised words, with a space on either side. */
const DURATION = new RegExp(
  String.raw` ${LEAD}(?:${COUNT} ?(?:${SPAN})|\d+ (?:7|52|12))${TAIL}(?= )` +
    String.raw`| (?:since (?:morning|yesterday|night|last night|today|birth)|(?:kal|aaj|subah|raat|कल|आज|सुबह|रात) (?:se|से))(?= )`,
  'gu',
);

/** Words in front and behind that make a sentence of a finding. */
const FRONT = [
  ...[
    'known c o',
    'known case of',
    'k c o',
    'kco',
    'known',
    'case of',
    'c c',
    'c o',
    'h o',
    'co',
    'ho',
    'complains of',
  ],
  ...['complaining of', 'complaint of', 'complaints of', 'complain of', 'came with', 'came for', 'presented with'],
  ...['history of', 'pt', 'patient', 'has', 'having', 'with', 'the', 'मरीज को', 'रोगी को', 'mareej ko'],
].map(normalWords);
const BEHIND = [
  ...['है', 'हैं', 'hai', 'hain', 'हो रहा है', 'हो रही है', 'हो रहे हैं', 'होता है', 'होती है', 'ho raha hai', 'ho rahi hai'],
  ...[
    'hota hai',
    'hoti hai',
    'आ रहा है',
    'आ रही है',
    'aa raha hai',
    'aa rahi hai',
    'की शिकायत',
    'ki shikayat',
    'present',
  ],
  ...['लग रहा है', 'रहता है', 'रहती है', 'since', 'for', 'x', 'से', 'se'],
].map(normalWords);
/** `h/o`: of the past, unless it says since when. */
export const HISTORY = /^ (?:(?:c o|pt|patient|has|with) )*(?:h o|ho|history of) /u;
const FRONT_WORDS = new RegExp(`^ (?:${anyOf(FRONT)})(?= )`, 'u');
const BEHIND_WORDS = new RegExp(` (?:${anyOf(BEHIND)}) $`, 'u');

/**
 * What of a finding's words can be looked up: without `c/o`, `known case of`, durations and mere grammar.
 * @returns undefined when the words doubt it (`?`, `susp`), deny it, speak of the past or the family, or are prose
 */
export function codableCore(text: string): string | undefined {
  if (text.length > LONGEST_TERM) return undefined;
  const words = spaced(text);
  if (isDoubted(text) || DENIED.test(words)) return undefined;
  // "h/o fever 3 days" is why the patient came; "h/o TB" may be long over.
  if (HISTORY.test(words) && !isWithDuration(words)) return undefined;
  return withoutGrammar(words).trim();
}

/** @param words with a space on either side */
export function isWithDuration(words: string): boolean {
  return words.replace(DURATION, '') !== words;
}

/** The same without durations, `c/o` and mere grammar; a finding of nothing else stays as it stands. */
export function withoutGrammar(words: string): string {
  let core = words.replace(DURATION, '');
  for (let shorter = peeled(core); shorter !== core; shorter = peeled(core)) core = shorter;
  return core.trim() === '' ? words : core;
}

function peeled(words: string): string {
  const shorter = words.replace(FRONT_WORDS, '').replace(BEHIND_WORDS, ' ');
  return shorter.trim() === '' ? words : shorter;
}
