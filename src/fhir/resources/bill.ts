import type { BillLine } from '../../ports/visit.js';

/** The lines of one bill number, every amount read. */
export interface Bill {
  readonly number: string;
  readonly lines: readonly PricedLine[];
}

/** Amounts in paise, so that sums are exact. A refund is negative. */
export interface PricedLine {
  readonly line: BillLine;
  readonly paise: number;
  /** What the patient was let off. */
  readonly discountPaise: number;
}

/** A bill of which an amount could not be read is none: a total without it would be wrong. */
export function readBill(number: string, lines: readonly BillLine[]): Bill | undefined {
  const priced = lines.flatMap((line) => priceOf(line) ?? []);
  return priced.length === lines.length ? { number, lines: priced } : undefined;
}

export function totalPaise({ lines }: Bill): number {
  return lines.reduce((sum, { paise, discountPaise }) => sum + paise - discountPaise, 0);
}

/** How it was paid, each of the hospital's words once. */
export function paymentModes({ lines }: Bill): string | undefined {
  const modes = new Set(lines.flatMap(({ line: { mode } }) => mode ?? []));
  return modes.size === 0 ? undefined : [...modes].join(', ');
}

function priceOf(line: BillLine): PricedLine | undefined {
  const paise = Math.round((line.amount ?? Number.NaN) * 100);
  if (!Number.isSafeInteger(paise)) return undefined;
  return { line, paise, discountPaise: isFree(line) ? paise : 0 };
}

// Other words (BPL, a scheme's name) say who pays, not that nobody does.
const FREE = /^(free( of (cost|charge))?|नि(:|ः|)शुल्क|मुफ\u093C?्त)$/iu;

function isFree({ mode }: BillLine): boolean {
  return mode !== undefined && FREE.test(mode.trim().normalize('NFD'));
}
