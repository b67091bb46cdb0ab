import { readPattern } from './dose-pattern.js';
import { timingOf } from './dose-timing.js';
import type { DoseWord } from './dose-timing.js';
import { LONGEST_TERM, normalWords } from './normal-words.js';
import { TermIndex } from './term-index.js';
import type { Frequency } from './terminology.js';

const LONGEST_PHRASE = 8;
/** Words between others that say nothing themselves. */
const FILLERS: ReadonlySet<string> = new Set(['and', 'x', 'take', 'लें', 'le']);

/** The shorthand of prescribers: words of the table, alone or together (`BD pc SOS`), and patterns (`1-0-1 after food`). */
export class DoseWords {
  private readonly words = new TermIndex<DoseWord>(normalWords);

  /** @returns the words that already mean something else */
  add(words: readonly string[], meaning: DoseWord): readonly string[] {
    return this.words.add(words, meaning, JSON.stringify(meaning));
  }

  /** @returns undefined unless every word is understood and all of them together have one meaning */
  read(text: string): Frequency | undefined {
    if (text.length > LONGEST_TERM) return undefined;
    const pattern = readPattern(text);
    const said = this.wordsOf(pattern === undefined ? text : pattern.rest);
    if (said === undefined) return undefined;
    if (pattern === undefined && said.length === 0) return undefined;
    if (said.some(({ once }) => once)) return pattern === undefined && said.length === 1 ? { once: true } : undefined;

    const isAsNeeded = said.some(({ asNeeded }) => asNeeded);
    if (pattern === undefined && isAsNeeded && said.length === 1) return { asNeeded: true };
    const timing = timingOf(pattern?.slots ?? [], said);
    return timing === undefined || !isAsNeeded ? timing : { ...timing, asNeeded: true };
  }

  /** Cuts a text into the longest words of the table. */
  private wordsOf(text: string): readonly DoseWord[] | undefined {
    const tokens = normalWords(text)
      .split(' ')
      .filter((token) => token !== '');
    const found: DoseWord[] = [];
    for (let at = 0; at < tokens.length;) {
      const hit = this.longestAt(tokens, at);
      if (hit === undefined && !FILLERS.has(tokens[at] ?? '')) return undefined;
      if (hit !== undefined) found.push(hit.word);
      at += hit?.length ?? 1;
    }
    return found;
  }

  private longestAt(tokens: readonly string[], at: number): { word: DoseWord; length: number } | undefined {
    for (let length = Math.min(LONGEST_PHRASE, tokens.length - at); length > 0; length--) {
      const word = this.words.get(tokens.slice(at, at + length).join(' '));
      if (word !== undefined) return { word, length };
    }
    return undefined;
  }
}
