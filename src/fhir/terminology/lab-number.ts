/** A measured number as a laboratory prints it. */
export interface LabNumber {
  readonly value: number;
  /** `<5`: below what the analyser can count. */
  readonly comparator: '<' | '<=' | '>' | '>=' | undefined;
  /** What follows the number, as it came: a unit, or something that makes it no plain number. */
  readonly rest: string;
}

/** A comma is read only where two of them group lakhs (`1,50,000`): `10,2` is a slip nobody can mend for sure. */
export const PLAIN_NUMBER = String.raw`(?:\d{1,2}(?:,\d{2}){1,2},\d{3}|\d{1,9})(?:\.\d{1,6})?`;

const NUMBER = new RegExp(`^(<=|>=|≤|≥|<|>)? *(-?${PLAIN_NUMBER})(.*)$`, 's');

const COMPARATORS: Readonly<Record<string, LabNumber['comparator']>> = {
  '<': '<',
  '<=': '<=',
  '≤': '<=',
  '>': '>',
  '>=': '>=',
  '≥': '>=',
};

/** @returns undefined for words; `1O.2`, `8-10` and `10,2` have a rest, which is for the caller to refuse */
export function readLabNumber(text: string): LabNumber | undefined {
  const [, sign, digits, rest = ''] = NUMBER.exec(asciiDigits(text.trim())) ?? [];
  if (digits === undefined) return undefined;
  return { value: toNumber(digits), comparator: sign === undefined ? undefined : COMPARATORS[sign], rest };
}

export function toNumber(digits: string): number {
  return Number(digits.replaceAll(',', ''));
}

/** Devanagari digits mean the same numbers. */
export function asciiDigits(text: string): string {
  return text.replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966));
}
