import type { Certainty } from '../../ports/hospital.port.js';
import type { RuleName } from './rules.js';

/** What one rule has to say about a value. The reader adds the column and what came, which makes it a `Remark`. */
export interface Saying {
  readonly rule: RuleName;
  readonly understood: string | undefined;
  readonly certainty: Certainty;
}

/** A value after cleaning. No sayings: it was clean already. */
export interface Cleaned<T> {
  readonly value: T | undefined;
  readonly says: readonly Saying[];
}

export function asItCame<T>(value: T): Cleaned<T> {
  return { value, says: [] };
}

/** `words` is how the remark shows the value. */
export function understood<T>(value: T, rule: RuleName, words: string, certainty: Certainty = 'sure'): Cleaned<T> {
  return { value, says: [{ rule, understood: words, certainty }] };
}

export function notUnderstood<T>(rule: RuleName): Cleaned<T> {
  return { value: undefined, says: [{ rule, understood: undefined, certainty: 'unsure' }] };
}
