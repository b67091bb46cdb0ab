import type { Texts } from './texts.en.js';

/** Words in the reader's language where they are known, as the builders write them; others stay as they came. */
export function phrase({ phrases, prefixes }: Texts, words: string | undefined): string | undefined {
  if (words === undefined) return undefined;
  if (Object.hasOwn(phrases, words)) return phrases[words];
  const [prefix, translated] = Object.entries(prefixes).find(([each]) => words.startsWith(each)) ?? ['', ''];
  return translated + words.slice(prefix.length);
}
