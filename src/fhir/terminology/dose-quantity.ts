import type { Quantity } from 'fhir/r4.js';
import { formOfDrug } from './drug-index.js';
import type { DrugForm } from './drug-forms.js';
import { readAmount } from './dose-pattern.js';
import { normalWords, tidy } from './normal-words.js';
import { CODE_SYSTEMS } from './systems.js';

/**
 * What one of a drug is, in UCUM. A thing that is counted has no unit there, only an annotation in braces.
 * Left out on purpose: a teaspoon (UCUM's are American, 4.9 mL) and an insulin "unit".
 */
const TABLET = { unit: 'tablet', code: '{tbl}' };
const CAPSULE = { unit: 'capsule', code: '{capsule}' };
const UNITS: ReadonlyMap<string, { readonly unit: string; readonly code: string }> = new Map(
  (
    [
      [TABLET, ['tab', 'tabs', 'tablet', 'tablets', 'गोली', 'गोलियां', 'टैबलेट', 'goli']],
      [CAPSULE, ['cap', 'caps', 'capsule', 'capsules', 'कैप्सूल']],
      [{ unit: 'sachet', code: '{sachet}' }, ['sachet', 'sachets', 'पाउच', 'पैकेट']],
      [{ unit: 'puff', code: '{puff}' }, ['puff', 'puffs', 'पफ']],
      [{ unit: 'drop', code: '[drp]' }, ['drop', 'drops', 'gtt', 'बूंद', 'बूंदें']],
      [{ unit: 'mL', code: 'mL' }, ['ml', 'मिली', 'एमएल']],
      [{ unit: 'mg', code: 'mg' }, ['mg', 'mgs']],
      [{ unit: 'g', code: 'g' }, ['g', 'gm', 'gms', 'gram']],
      [{ unit: 'µg', code: 'ug' }, ['mcg', 'ug', 'μg']],
      [{ unit: 'IU', code: '[iU]' }, ['iu']],
    ] as const
  ).flatMap(([unit, words]) => words.map((each) => [normalWords(each), unit] as const)),
);

/** Forms of which a bare number counts pieces. An injection or a syrup has no such piece. */
const COUNTED: Readonly<Partial<Record<DrugForm, { readonly unit: string; readonly code: string }>>> = {
  tablet: TABLET,
  'dispersible tablet': TABLET,
  capsule: CAPSULE,
};

const HALF: ReadonlyMap<string, string> = new Map([
  ...['half', 'आधी', 'आधा', 'aadhi', 'adhi'].map((word) => [word, '1/2'] as const),
  ['एक', '1'],
  ['ek', '1'],
  ['one', '1'],
]);

/**
 * Reads `1`, `1 tab`, `1/2`, `10ml`, `1 sachet`, `आधी गोली`; words without a number and unit (`local`, `5-10 ml`)
 * have no quantity. A bare number takes its unit from the drug's form.
 * @param drug the drug's words, e.g. `TAB PCM 500`
 * @param times how often that dose is taken at once: the 2 of `2-0-1`
 */
export function doseQuantity(dose: string | undefined, drug: string, times = 1): Quantity | undefined {
  const form = formOfDrug(drug);
  const counted = form === undefined ? undefined : COUNTED[form];
  const said = dose === undefined ? { amount: 1, unit: '' } : amountAndUnit(dose);
  if (said === undefined || said.amount <= 0) return undefined;
  // Beside a pattern with amounts of its own, a dose of 2 could mean twice that or the same.
  if (times !== 1 && said.amount !== 1) return undefined;

  const unit = said.unit === '' ? counted : UNITS.get(said.unit);
  if (unit === undefined) return undefined;
  // "TAB …, 1 cap": one of the two is a slip.
  const isOtherPiece = counted !== undefined && unit !== counted && (unit === TABLET || unit === CAPSULE);
  if (isOtherPiece) return undefined;
  return { value: said.amount * times, unit: unit.unit, system: CODE_SYSTEMS.ucum, code: unit.code };
}

function amountAndUnit(dose: string): { readonly amount: number; readonly unit: string } | undefined {
  const plain = tidy(dose).replace(/^[\p{L}\p{M}]+/u, (word) => HALF.get(word) ?? word);
  const [, number, unit] = /^((?:\d+\s+)?\d+\s*\/\s*\d+|\d+(?:\.\d+)?)\s*([\p{L}\p{M}]*)\.?$/u.exec(plain) ?? [];
  const amount = number === undefined ? undefined : readAmount(number);
  return amount === undefined ? undefined : { amount, unit: normalWords(unit ?? '') };
}
