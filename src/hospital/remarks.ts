import type { Certainty, Remark } from '../ports/hospital.port.js';
import type { Saying } from './cleaning/cleaned.js';
import type { RuleName } from './cleaning/rules.js';

/** A visit with more than this is noise (a broken export), and must not fill the table. */
const MOST_REMARKS = 500;
const LONGEST_FIELD = 200;

/** Collects what the rules say while one row is read. */
export class Remarks {
  private readonly collected: Remark[] = [];
  private omitted = 0;

  add(field: string, rule: RuleName, came: string, understood: string | undefined, certainty: Certainty): void {
    if (this.collected.length >= MOST_REMARKS) {
      this.omitted += 1;
      return;
    }
    this.collected.push({ field: clipped(field), rule, came, understood, certainty });
  }

  addAll(field: string, came: string, says: readonly Saying[]): void {
    for (const { rule, understood, certainty } of says) this.add(field, rule, came, understood, certainty);
  }

  all(): readonly Remark[] {
    if (this.omitted === 0) return this.collected;
    const rule: RuleName = 'more-remarks';
    const rest: Remark = { field: '', rule, came: String(this.omitted), understood: undefined, certainty: 'sure' };
    return [...this.collected, rest];
  }
}

function clipped(field: string): string {
  return field.length <= LONGEST_FIELD ? field : `${field.slice(0, LONGEST_FIELD).replace(/\p{Cs}/gu, '')}…`;
}
