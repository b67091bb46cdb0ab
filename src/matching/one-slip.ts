const SHORTEST = 7;
/** Vowels that are heard alike. Not a and u: LALMANI and LALMUNI are two people. */
const NEAR_VOWELS = new Set(['ae', 'ea', 'ei', 'ie', 'ao', 'oa', 'ou', 'uo']);
/** Letters that get lost without making another name. Not v or l: MANVENDRA and MANENDRA, KAMLESHWAR and KAMESHWAR. */
const EASILY_LOST = /[aenryh]/;

/**
 * Whether two keys differ by one slip of the finger inside a long word. Another consonant is never a slip: Indian
 * names are compounds, and at any length one consonant makes another name (RAJKUMAR, RAMKUMAR; RAJESHWARI, RAMESHWARI).
 */
export function isOneSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length < SHORTEST || long.length - short.length > 1) return false;
  if (short[0] !== long[0] || short.at(-1) !== long.at(-1)) return false;
  let place = 0;
  while (place < short.length && short[place] === long[place]) place += 1;
  const [here = '', there = ''] = [short[place], long[place]];
  if (short.length < long.length) return EASILY_LOST.test(there) && short.slice(place) === long.slice(place + 1);
  if (NEAR_VOWELS.has(here + there)) return short.slice(place + 1) === long.slice(place + 1);
  const isSwapped = here !== '' && here === long[place + 1] && there === short[place + 1];
  return isSwapped && short.slice(place + 2) === long.slice(place + 2);
}
