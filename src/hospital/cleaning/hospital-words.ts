import type { Cleaned } from './cleaned.js';
import { asItCame, notUnderstood, understood } from './cleaned.js';
import { asciiDigits, wordKey } from './text.js';

/** Undefined with a remark when the word is in neither list. */
export function cleanYesNo(text: string, yes: ReadonlySet<string>, no: ReadonlySet<string>): Cleaned<boolean> {
  const key = wordKey(text);
  if (yes.has(key)) return asItCame(true);
  return no.has(key) ? asItCame(false) : notUnderstood('yes-no-word');
}

/** Only a known word for "authorised" lets a report leave the hospital; everything else is provisional. */
export function cleanLabStatus(
  text: string,
  authorised: ReadonlySet<string>,
  provisional: ReadonlySet<string>,
): Cleaned<'authorised' | 'provisional'> {
  const key = wordKey(text);
  if (authorised.has(key)) return asItCame('authorised');
  return provisional.has(key)
    ? asItCame('provisional')
    : understood('provisional', 'lab-status', 'provisional', 'unsure');
}

/** Rupees: `5.00`, `Rs. 1,200/-`, `₹ 5`. Below a thousand million, which no bill of an OPD reaches. */
export function cleanAmount(text: string): Cleaned<number> {
  const bare = asciiDigits(text)
    .replace(/^(₹|RS\.?|INR|रु\.?|रुपये)\s*/iu, '')
    .replace(/\s*(\/-|₹|RS\.?|रु\.?|रुपये)$/iu, '');
  // Commas are dropped only where they group thousands or lakhs: `10,25` may be a decimal comma, and is left unread.
  const plain = /^-?\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?$/.test(bare) ? bare.replaceAll(',', '') : bare;
  if (!/^-?\d{1,9}(\.\d{1,2}0*)?$/.test(plain)) return notUnderstood('amount-unread');
  const amount = Number(plain);
  return plain === text ? asItCame(amount) : understood(amount, 'amount-format', plain);
}
