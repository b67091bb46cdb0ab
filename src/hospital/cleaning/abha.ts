import { isLuhnValid } from '../../support/luhn.js';
import type { Cleaned } from './cleaned.js';
import { asItCame, notUnderstood, understood } from './cleaned.js';
import { asciiDigits } from './text.js';

/** Fourteen digits, with or without dashes. A wrong check digit is remarked, not refused: ABDM has the last word. */
export function cleanAbhaNumber(text: string): Cleaned<string> {
  const digits = asciiDigits(text).replace(/[\s\p{Pd}]/gu, '');
  if (!/^\d{14}$/.test(digits) || /^(\d)\1*$/.test(digits)) return notUnderstood('abha-number-unread');
  if (!isLuhnValid(digits)) return understood(digits, 'abha-number-check-digit', digits, 'unsure');
  return digits === text ? asItCame(digits) : understood(digits, 'abha-number-format', digits);
}

/** `name@sbx` (sandbox) or `name@abdm`. */
export function cleanAbhaAddress(text: string): Cleaned<string> {
  const address = text.toLowerCase();
  if (!/^[a-z0-9][a-z0-9_.]+[a-z0-9]@(abdm|sbx)$/.test(address)) return notUnderstood('abha-address-unread');
  return address === text ? asItCame(address) : understood(address, 'abha-address-case', address);
}
