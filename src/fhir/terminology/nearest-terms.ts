import { distance } from 'fastest-levenshtein';
import { LONGEST_TERM } from './normal-words.js';

const SHOWN = 3;
/** More typing slips than this in one term make it another term. */
const MOST_SLIPS = 4;

/** Terms of one kind, to find the nearest to a misspelt one. For a person to choose from, never for a record. */
export class NearestTerms {
  /** Normalised spelling (name or synonym) to the name in the table. */
  private readonly spellings = new Map<string, string>();

  add(spelling: string, name: string): void {
    if (!this.spellings.has(spelling)) this.spellings.set(spelling, name);
  }

  /** @returns names, nearest first, at most three; none when nothing is near enough (a slip in three letters) */
  to(words: string): readonly string[] {
    if (words.length < 2 || words.length > LONGEST_TERM) return [];
    const nearest = new Map<string, number>();
    for (const [spelling, name] of this.spellings) {
      const allowed = Math.min(MOST_SLIPS, Math.floor(Math.min(words.length, spelling.length) / 3));
      if (Math.abs(spelling.length - words.length) > allowed) continue;
      const slips = distance(words, spelling);
      if (slips <= allowed && slips < (nearest.get(name) ?? Infinity)) nearest.set(name, slips);
    }
    return [...nearest]
      .sort(([one, a], [other, b]) => a - b || (one < other ? -1 : 1))
      .slice(0, SHOWN)
      .map(([name]) => name);
  }
}
