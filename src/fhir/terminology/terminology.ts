import type { Coding, TimingRepeat } from 'fhir/r4.js';

/** What the hospital's words can be about. Each kind has a table of its own in `config/terminology/`. */
export const CODED_KINDS = [
  'drug',
  'condition',
  'lab-test',
  'lab-parameter',
  'unit',
  'specimen',
  'vaccine',
  'route',
  'body-site',
  'vital',
] as const;
export type CodedKind = (typeof CODED_KINDS)[number];
/** Coded kinds, and the shorthand of doses, which becomes a timing. */
export type TermKind = CodedKind | 'frequency';

/** So much at these times: one half of `2-0-1`. `amount` counts doses, of which the prescription says what one is. */
export interface TimedDose {
  readonly amount: number;
  readonly repeat: TimingRepeat;
}

/** A frequency that has one meaning only. */
export type Frequency =
  /** `asNeeded` beside a timing: at most so often. */
  | { readonly repeat: TimingRepeat; readonly asNeeded?: true }
  /** The amounts are not all one: `2-0-1`, `1/2-0-1/2`. */
  | { readonly doses: readonly TimedDose[]; readonly asNeeded?: true }
  | { readonly asNeeded: true }
  /** Now, and not again. */
  | { readonly once: true };

/**
 * Words of Indian hospitals and what they mean in the world's code systems. A code is given for a sure match only:
 * the same words after normalising, or an abbreviation a table lists. A wrong code is worse than none.
 */
export interface Terminology {
  /** @param within what the word stands in, where that decides the meaning: the sample of a lab parameter */
  find(kind: CodedKind, text: string, within?: string): Coding | undefined;
  /** The title of an ICD-10 code the hospital wrote; undefined when no table lists the code. */
  icd10(code: string): Coding | undefined;
  /** In UCUM, what a lab parameter is usually given in, by its LOINC code; a terminology need not know. */
  usualUnit?(loinc: string): string | undefined;
  frequency(text: string): Frequency | undefined;
  /** The nearest terms, best first, for whoever extends the tables. Never for a record. */
  suggest(kind: TermKind, text: string): readonly string[];
}
