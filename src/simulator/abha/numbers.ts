/**
 * Check digits. Written anew here, not taken from the adapter: a judge that shares the adapter's arithmetic would agree
 * with its mistakes.
 */

/** Verhoeff's multiplication in the dihedral group D5, computed instead of tabled. */
function times(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b - 5) % 5) + 5;
  return b < 5 ? ((a - 5 - b + 5) % 5) + 5 : (a - b + 5) % 5;
}

const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

function permuted(digit: number, position: number): number {
  let result = digit;
  for (let i = 0; i < position % 8; i += 1) result = PERMUTATION[result] ?? 0;
  return result;
}

function verhoeffSum(digits: string, from: number): number {
  return Array.from(digits, Number)
    .reverse()
    .reduce((sum, digit, i) => times(sum, permuted(digit, i + from)), 0);
}

/** 12 digits, the first 2 to 9, with a right Verhoeff digit. */
export function isAadhaar(text: string): boolean {
  return /^[2-9]\d{11}$/.test(text) && verhoeffSum(text, 0) === 0;
}

/** The 12-digit number that begins with these 11 digits. */
export function withVerhoeff(first11: string): string {
  const sum = verhoeffSum(first11, 1);
  return `${first11}${sum < 5 ? (5 - sum) % 5 : sum}`;
}

/** ABHA numbers in NHA's samples end in a Luhn digit. */
function withLuhn(first13: string): string {
  const doubled = Array.from(first13, Number)
    .reverse()
    .map((digit, i) => digit * (i % 2 === 0 ? 2 : 1));
  const sum = doubled.reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return `${first13}${(10 - (sum % 10)) % 10}`;
}

/** `NN-NNNN-NNNN-NNNN`, the n-th that this simulator gives out. */
export function abhaNumber(n: number): string {
  return dashed(withLuhn(`91${String(7_000_000_0000 + n).padStart(11, '0')}`));
}

/** 14 digits, however written, as ABDM's M1 calls want them. */
export function dashed(number: string): string {
  const digits = number.replace(/\D/g, '');
  return `${digits.slice(0, 2)}-${digits.slice(2, 6)}-${digits.slice(6, 10)}-${digits.slice(10)}`;
}

export const isMobile = (text: string): boolean => /^[6-9]\d{9}$/.test(text);

/** `******0903` */
export const maskedMobile = (mobile: string): string => `******${mobile.slice(-4)}`;
