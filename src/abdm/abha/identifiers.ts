import { isLuhnValid } from '../../support/luhn.js';
import { isVerhoeffValid } from '../../support/verhoeff.js';

/** What people type, made what the wire wants; undefined when it cannot be that. Pure: nothing is kept, nothing thrown. */

/** Twelve digits, not from 0 or 1, with the right check digit: a wrong one must not leave the house. */
export function aadhaarNumberIn(typed: string): string | undefined {
  const digits = digitsIn(typed);
  return /^[2-9]\d{11}$/.test(digits) && isVerhoeffValid(digits) ? digits : undefined;
}

/** `NN-NNNN-NNNN-NNNN`, as the service wants it also under encryption. The check digit is not asked for here. */
export function abhaNumberIn(typed: string): string | undefined {
  const parts = /^(\d{2})(\d{4})(\d{4})(\d{4})$/.exec(digitsIn(typed));
  return parts?.slice(1).join('-');
}

/** False: probably mistyped. A warning, never a refusal, for the check digit is not published. */
export function isLikelyAbhaNumber(abhaNumber: string): boolean {
  return isLuhnValid(digitsIn(abhaNumber));
}

/** Ten digits without country code; `+91`, `91` and `0` before them are taken off. */
export function mobileIn(typed: string): string | undefined {
  return /^(?:\+?91|0)?([6-9]\d{9})$/.exec(digitsIn(typed))?.[1];
}

/** Something before and after one `@`, with a dot after it: more is up to the mail. */
export function emailIn(typed: string): string | undefined {
  const email = typed.trim();
  return email.length <= 120 && /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(email) ? email : undefined;
}

/** Six digits. */
export function otpIn(typed: string): string | undefined {
  const digits = digitsIn(typed);
  return /^\d{6}$/.test(digits) ? digits : undefined;
}

/**
 * `name@sbx` or `name@abdm` (and the old `@ndhm`), in lower case: ABDM does not tell the cases apart. No Aadhaar number with a
 * suffix: an address is asked for unencrypted.
 */
export function abhaAddressIn(typed: string): string | undefined {
  const address = typed.trim().toLowerCase();
  if (aadhaarNumberIn(address.replace(/@.*$/, '').replace(/[._]/g, '')) !== undefined) return undefined;
  return /^[a-z0-9][a-z0-9._]{1,48}[a-z0-9]@(sbx|abdm|ndhm)$/.test(address) ? address : undefined;
}

export type AddressRule =
  'length' | 'characters' | 'edges' | 'one-dot-one-underscore' | 'not-a-mobile' | 'not-an-identity-number';

/**
 * The rules for the user part of a new ABHA address that it breaks; none: it may be asked for. They are printed beside the
 * field. Source: functional test sheet M1, CRT_ABHA_112. NHA's skill of Sep 2026 is laxer (4 characters) and in one point
 * stricter (no leading digit), yet the service's own suggestions may begin with one: the service decides. Ours alone: no Aadhaar
 * and no ABHA number, also with a dot, an underscore or letters about it. An address goes out unencrypted, and everybody sees it.
 */
export function brokenAddressRules(userPart: string): readonly AddressRule[] {
  const broken: AddressRule[] = [];
  if (userPart.length < 8 || userPart.length > 18) broken.push('length');
  if (!/^[A-Za-z0-9._]*$/.test(userPart)) broken.push('characters');
  if (/^[._]|[._]$/.test(userPart)) broken.push('edges');
  if (count(userPart, '.') > 1 || count(userPart, '_') > 1) broken.push('one-dot-one-underscore');
  const withoutMarks = userPart.replace(/[._]/g, '');
  if (mobileIn(withoutMarks) !== undefined) broken.push('not-a-mobile');
  const numbers = withoutMarks.match(/\d+/g) ?? [];
  if (numbers.some((digits) => aadhaarNumberIn(digits) ?? abhaNumberIn(digits))) broken.push('not-an-identity-number');
  return broken;
}

const count = (text: string, character: string): number => text.split(character).length - 1;

/** Spaces and dashes between digits are how people write them; Hindi keyboards give Devanagari digits. */
const digitsIn = (typed: string): string =>
  typed.replace(/[\s\p{Pd}]/gu, '').replace(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - 0x0966));
