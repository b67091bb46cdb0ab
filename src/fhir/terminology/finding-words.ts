import { normalWords } from './normal-words.js';

/** What is only thought of. */
export const SUSPICION = [
  ...[
    '?',
    'susp',
    'suspected',
    'suspect',
    'suspicion',
    'r o',
    'rule out',
    'probable',
    'probably',
    'possible',
    'likely',
  ],
  ...['vs', 'versus', 'd d', 'provisional', 'संदेह', 'संदिग्ध', 'शक', 'shak'],
].map(normalWords);

/** Somebody else's. */
export const ANOTHERS = [
  ...['family h o', 'fh o', 'f h o', 'f h', 'family history', 'h o contact', 'contact with', 'परिवार में'],
  ...['mother', 'father', 'husband', 'wife', 'brother', 'sister', 'son', 'daughter', 'attendant'],
  ...['माता', 'मां', 'पिता', 'पति', 'पत्नी', 'भाई', 'बहन', 'बेटा', 'बेटी'],
].map(normalWords);

/** Over, or of the past. */
export const OVER = [
  ...['past h o', 'past history', 'old h o', 'subsided', 'relieved', 'resolved', 'recovered', 'cured', 'healed', 'ago'],
  ...['ठीक हो गया', 'ठीक हो गई', 'ठीक हो गए', 'ठीक है', 'अब ठीक', 'अब नहीं', 'theek ho gaya', 'thik ho gaya'],
].map(normalWords);

/** Words that deny, or leave open, something in the phrase. */
export const DENIAL = [
  ...['no', 'not', 'nil', 'never', 'without', 'denies', 'negative', 'neg', 've', 'or'],
  ...['नहीं', 'नही', 'नहि', 'न', 'बिना', 'nahi', 'nahin', 'bina'],
].map(normalWords);

/** One of these words, the longest first. */
export const anyOf = (words: readonly string[]): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace('?', String.raw`\?`))
    .join('|');

/** Not the patient's, or not now: "not relieved" is still there, and a lactating mother is the patient. */
export const NOT_NOW = new RegExp(
  ` (?:(?<! (?:lactating|nursing|feeding|expectant) )(?:${anyOf(ANOTHERS)})|(?<! (?:not|no|नहीं|नही|nahi) )(?:${anyOf(OVER)})) `,
  'u',
);

/** A minus sign is a finding's "no"; normalising would take it away. */
export const MINUS = /\(\s*[-–—]\s*(?:ve)?\s*\)|[-–—]\s*ve\b|[-–—]\s*$/u;

/** The normalised words with a space on either side, so that patterns find whole words. */
export const spaced = (text: string): string => ` ${normalWords(text)} `;
