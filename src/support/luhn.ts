/**
 * The check digit of ABHA and HPR numbers (Luhn): from the right, every second digit is doubled, the sum is a multiple of ten.
 * Not published: every unmasked number of NHA’s samples passes, so a miss is a warning and no reason to refuse.
 */
export function isLuhnValid(digits: string): boolean {
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, place) => {
      const doubled = digit * (place % 2 === 1 ? 2 : 1);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}
