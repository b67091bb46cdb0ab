import { normalWords } from './normal-words.js';

/** Words that say which dose it was, not which vaccine. */
const DOSE_WORDS: ReadonlySet<string> = new Set(
  [
    ...['booster', 'b1', 'b2', 'dose', 'zero', 'birth', 'bd', 'first', 'second', 'third', 'fourth', 'vaccine', 'vacc'],
    ...['1st', '2nd', '3rd', '4th', '0', '1', '2', '3', '4', '5', 'i', 'ii', 'iii'],
    ...['बूस्टर', 'खुराक', 'डोज', 'डोज़', 'पहली', 'दूसरी', 'तीसरी', 'चौथी', 'जन्म', 'टीका', 'का', 'की', 'पर'],
  ].map(normalWords),
);

/**
 * A vaccine's words, then the same without the words of the dose, step by step: `opv 1`, `opv`; `पेंटा 2`, `पेंटा`.
 * The whole comes first, because a number may belong to the name (`PCV 13`).
 */
export function vaccineReadings(text: string): readonly string[] {
  // OPV1, TT2; but not PCV13, whose number is no dose.
  const apart = normalWords(text).replace(/(?<=[\p{L}\p{M}])([0-5])(?=\s|$)/gu, ' $1');
  const readings = [normalWords(text), apart];
  let words = apart.split(' ');
  while (words.length > 1) {
    if (DOSE_WORDS.has(words.at(-1) ?? '')) words = words.slice(0, -1);
    else if (DOSE_WORDS.has(words[0] ?? '')) words = words.slice(1);
    else break;
    readings.push(words.join(' '));
  }
  return [...new Set(readings)];
}
