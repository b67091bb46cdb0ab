import type { Cleaned } from './cleaned.js';
import { asItCame, notUnderstood, understood } from './cleaned.js';
import { asciiDigits } from './text.js';

/** Ten digits that begin with 6 to 9, without +91, 91 or 0. One digit repeated is what clerks type for "none". */
export function cleanMobile(text: string): Cleaned<string> {
  const digits = asciiDigits(text).replace(/[\s().\p{Pd}]/gu, '');
  if (/^\+?(\d)\1*$/.test(digits)) return notUnderstood('mobile-placeholder');
  const mobile = /^(?:\+91|0091|91|0)?0?([6-9]\d{9})$/.exec(digits)?.[1];
  if (mobile === undefined) return notUnderstood('mobile-unread');
  if (/^(\d)\1*$/.test(mobile)) return notUnderstood('mobile-placeholder');
  return mobile === text ? asItCame(mobile) : understood(mobile, 'mobile-format', mobile);
}

/** Six digits that do not begin with 0. */
export function cleanPin(text: string): Cleaned<string> {
  const pin = asciiDigits(text).replace(/[\s\p{Pd}]/gu, '');
  if (!/^[1-9]\d{5}$/.test(pin)) return notUnderstood('pin-unread');
  return pin === text ? asItCame(pin) : understood(pin, 'pin-format', pin);
}
