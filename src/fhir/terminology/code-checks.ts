/** Whether a code has the form its system gives it. A typing slip is caught by the check digit, not a wrong choice. */
export type CodeCheck = (code: string) => boolean;

/** LOINC: up to seven digits, and a check digit by the Luhn formula. */
export const isLoinc: CodeCheck = (code) => /^[1-9]\d{0,6}-\d$/.test(code) && luhnSum(code.replace('-', '')) % 10 === 0;

/** SNOMED CT concept: 6 to 18 digits, partition 00 (or 10, in a national extension), Verhoeff check digit. */
export const isSnomedConcept: CodeCheck = (code) => {
  if (!/^[1-9]\d{5,17}$/.test(code)) return false;
  const partition = code.slice(-3, -1);
  const isPartitionRight = partition === '00' || (partition === '10' && code.length >= 11);
  return isPartitionRight && verhoeff(code) === 0;
};

/** ICD-10 (WHO): a letter, two digits, and one or two more behind the dot. */
export const isIcd10: CodeCheck = (code) => /^[A-Z]\d{2}(?:\.\d{1,2})?$/.test(code);

/** UCUM: visible ASCII without quotation marks and `^`; annotations and brackets are closed and not nested. */
export const isUcum: CodeCheck = (code) =>
  /^[!-~]+$/.test(code) && /^(?:[^"^\\{}[\]]|\{[^{}[\]]*\}|\[[^{}[\]]+\])+$/.test(code);

function luhnSum(digits: string): number {
  return Array.from(digits)
    .reverse()
    .reduce((sum, digit, at) => {
      const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
      return sum + (value > 9 ? value - 9 : value);
    }, 0);
}

/** The dihedral group of order ten, and the permutation that moves with the digit's place. Source: Verhoeff, 1969. */
const MULTIPLIED = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
] as const;
const PERMUTED = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
] as const;

/** @returns 0 when the last digit is the right check digit */
function verhoeff(digits: string): number {
  return Array.from(digits)
    .reverse()
    .reduce((check, digit, at) => Number(MULTIPLIED[check]?.[Number(PERMUTED[at % 8]?.[Number(digit)])]), 0);
}
