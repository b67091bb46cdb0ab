import type { Coding } from 'fhir/r4.js';
import type { ReadLabResult } from './lab-result.js';

/**
 * A LOINC title names the kind of quantity it stands for. These are the units such a quantity is given in; a kind that is
 * not listed is not judged. Source: LOINC Users' Guide, properties and scales.
 */
const UNITS_OF_KIND: readonly (readonly [kind: RegExp, units: RegExp])[] = [
  [/\[Mass\/volume\]/, /^[munp]?g\/[dmu]?L$/],
  // Laboratories give sodium and potassium in milliequivalents under the same code.
  [/\[Moles\/volume\]/, /^[munp]?(?:mol|eq)\/[dmu]?L$/],
  [/\[#\/volume\]/, /^(?:10\*\d+)?\/[mu]?L$/],
  [/\[Enzymatic activity\/volume\]|\[Units\/volume\]/, /^[mu]?(?:U|\[IU\])\/[dmu]?L$/],
  [/\[#\/area\]/, /^\/\[[HL]PF\]$/],
  // HbA1c in mmol/mol (IFCC) has another code than in percent (NGSP).
  [/\[Volume Fraction\]|\[Mass Fraction\]|\/100 |\/Hemoglobin\.total\b/, /^%$/],
  [/\[Entitic volume\]/, /^fL$/],
  [/\[Entitic mass\]/, /^pg$/],
];
/** Kinds that are told in words: a number has another code. */
const WORDS_ONLY = /\[(?:Presence|Identifier|Type)\]/;
/** Kinds that are measured: "Negative" has another code. */
const MEASURED_ONLY = /\/volume\]/;
/** Kinds that are counted in a field of the microscope: "Present" has another code. */
const COUNTED_ONLY = /\[#\/area\]/;

/**
 * Whether a parameter's code can stand for this result. The hospital's name for it says too little: glucose in mmol/L has
 * another code than glucose in mg/dL, and a CRP that is "Negative" another than one with a number.
 */
export function fitsLabCode({ display = '' }: Coding, { value, flag }: ReadLabResult): boolean {
  if (!('valueQuantity' in value)) {
    if (MEASURED_ONLY.test(display)) return flag !== 'POS' && flag !== 'NEG';
    // "8-10 /hpf" and "Nil" are counts; "Plenty" and "2+" are not.
    return !COUNTED_ONLY.test(display) || flag === 'NEG' || (flag === undefined && /\d/.test(value.valueString));
  }
  if (WORDS_ONLY.test(display)) return false;
  const unit = value.valueQuantity.code;
  const [, units] = UNITS_OF_KIND.find(([kind]) => kind.test(display)) ?? [];
  return unit === undefined || units === undefined || units.test(unit);
}
