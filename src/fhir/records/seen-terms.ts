import type { Coding } from 'fhir/r4.js';
import type { CodedKind, Frequency, Terminology, TermKind } from '../terminology/terminology.js';

/** Words of the hospital that were looked up, and whether a code was found. */
export interface SeenTerm {
  readonly kind: TermKind;
  readonly text: string;
  readonly isCoded: boolean;
}

/** A terminology that remembers what it was asked, so that nobody has to collect the uncoded words on the way. */
export class SeenTerms implements Terminology {
  private readonly seen = new Map<string, SeenTerm>();

  constructor(private readonly terminology: Terminology) {}

  all(): readonly SeenTerm[] {
    return [...this.seen.values()];
  }

  find(kind: CodedKind, text: string, within?: string): Coding | undefined {
    const found = this.terminology.find(kind, text, within);
    // Vitals are asked for by our own names, not the hospital's words.
    return kind === 'vital' ? found : this.note(kind, text, found);
  }

  frequency(text: string): Frequency | undefined {
    return this.note('frequency', text, this.terminology.frequency(text));
  }

  /** A code without a title is not missed yet: the words beside it may be known. */
  icd10(code: string): Coding | undefined {
    const found = this.terminology.icd10(code);
    return found === undefined ? undefined : this.note('condition', code, found);
  }

  usualUnit(loinc: string): string | undefined {
    return this.terminology.usualUnit?.(loinc);
  }

  suggest(kind: TermKind, text: string): readonly string[] {
    return this.terminology.suggest(kind, text);
  }

  private note<T>(kind: TermKind, text: string, found: T | undefined): T | undefined {
    this.seen.set(`${kind} ${text}`, { kind, text, isCoded: found !== undefined });
    return found;
  }
}
