import { LONGEST_TERM, normalWords, tidy } from './normal-words.js';

/** What is only thought of, or somebody else's, or over. */
const SUSPICION = [
  ...[
    '?',
    'susp',
    'suspected',
    'suspect',
    'suspicion',
    'r o',
    'rule out',
    'probable',
    'possible',
    'likely',
    'vs',
    'versus',
  ],
  ...[
    'd d',
    'family h o',
    'fh o',
    'f h o',
    'family history',
    'past h o',
    'past history',
    'h o contact',
    'contact with',
  ],
  ...['संदेह', 'संदिग्ध', 'शक', 'परिवार में', 'shak'],
].map(normalWords);
/** Words that deny, or leave open, something in the phrase. */
const DENIAL = [
  ...['no', 'not', 'nil', 'never', 'without', 'denies', 'negative', 'neg', 've', 'or'],
  ...['नहीं', 'नही', 'नहि', 'न', 'बिना', 'nahi', 'nahin', 'bina'],
].map(normalWords);
const anyOf = (words: readonly string[]): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace('?', String.raw`\?`))
    .join('|');
const SUSPECTED = new RegExp(` (?:${anyOf(SUSPICION)}) `, 'u');
const DENIED = new RegExp(` (?:${anyOf(DENIAL)}) `, 'u');
const DOUBT_IN_FRONT = new RegExp(
  `^ (?:(?:c o|k c o|pt|patient|has|with) )*(?:${anyOf([...SUSPICION, ...DENIAL])}) `,
  'u',
);
/** A minus sign is a finding's "no"; normalising would take it away. */
const MINUS = /\(\s*[-–—]\s*(?:ve)?\s*\)|[-–—]\s*ve\b|[-–—]\s*$/u;

const spaced = (text: string): string => ` ${normalWords(text)} `;

/** Whether a doubt or a denial comes first; then it may hold for what follows too. */
export function isDoubtedInFront(text: string): boolean {
  return DOUBT_IN_FRONT.test(spaced(text));
}

/** Whether a finding is suspected, denied as a whole (`no fever`), past or the family's: then no code stands for it. */
export function isDoubted(text: string): boolean {
  const words = spaced(text);
  return SUSPECTED.test(words) || DOUBT_IN_FRONT.test(words) || MINUS.test(tidy(text));
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
const HISTORY = /^ (?:(?:c o|pt|patient|has|with) )*(?:h o|ho|history of) /u;
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
  let core = words.replace(DURATION, '');
  // "h/o fever 3 days" is why the patient came; "h/o TB" may be long over.
  if (core === words && HISTORY.test(words)) return undefined;
  for (let shorter = peeled(core); shorter !== core; shorter = peeled(core)) core = shorter;
  // A finding that is nothing but such words ("since morning") is looked up as it stands.
  return core.trim() === '' ? words.trim() : core.trim();
}

function peeled(words: string): string {
  const shorter = words.replace(FRONT_WORDS, '').replace(BEHIND_WORDS, ' ');
  return shorter.trim() === '' ? words : shorter;
}
