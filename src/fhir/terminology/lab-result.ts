import type { CodeableConcept, Coding, ObservationReferenceRange, Quantity } from 'fhir/r4.js';
import type { LabResult } from '../../ports/visit.js';
import { coding, concept } from './coding.js';
import { readLabNumber } from './lab-number.js';
import type { LabNumber } from './lab-number.js';
import { isFarFrom, placeInRange, readLabRange } from './lab-range.js';
import type { LabRange } from './lab-range.js';
import { readLabWord } from './lab-words.js';
import { normalUnit } from './normal-words.js';
import { CODE_SYSTEMS } from './systems.js';
import { factorBetween } from './unit-scale.js';

/** A laboratory result as FHIR holds it. A number stands only where one was read for sure; the words are never lost. */
export interface ReadLabResult {
  readonly value: { readonly valueQuantity: Quantity } | { readonly valueString: string };
  readonly referenceRange: ObservationReferenceRange | undefined;
  readonly flag: LabFlag | undefined;
  /** What the laboratory printed, where the number does not show it (`2.60`, `१०.२`, `1,50,000`). */
  readonly note: string | undefined;
}

/** v3-ObservationInterpretation, with the words a patient reads. */
export const LAB_FLAGS = {
  H: { display: 'High', en: 'high', hi: 'अधिक' },
  L: { display: 'Low', en: 'low', hi: 'कम' },
  N: { display: 'Normal', en: 'normal', hi: 'सामान्य' },
  POS: { display: 'Positive', en: 'positive', hi: 'पॉज़िटिव' },
  NEG: { display: 'Negative', en: 'negative', hi: 'नेगेटिव' },
} as const;
export type LabFlag = keyof typeof LAB_FLAGS;

export function interpretation(flag: LabFlag): CodeableConcept {
  return concept(coding(CODE_SYSTEMS.observationInterpretation, flag, LAB_FLAGS[flag].display));
}

/**
 * Reads one result.
 * @param usualUnit in UCUM, which a range without a unit may be in
 * @param findUnit the UCUM unit that a unit's words mean; the number is never converted: `3.1 lakh/cumm` is 3.1 `10*5/uL`
 */
export function readLabResult(
  result: LabResult,
  findUnit: (text: string) => Coding | undefined,
  usualUnit?: string,
): ReadLabResult {
  const number = readLabNumber(result.text);
  const unit = number === undefined ? undefined : unitOf(number, result.unit, findUnit);
  const rangeUnit = unit?.text ?? result.unit;
  const range = result.referenceRange === undefined ? undefined : readLabRange(result.referenceRange, rangeUnit);
  if (number === undefined || unit === undefined) {
    return {
      value: { valueString: labResultText(result) },
      referenceRange: referenceRange(result, range, inUnit(result.unit, findUnit)),
      flag: readLabWord(result.text),
      note: undefined,
    };
  }
  const measured = inUnit(unit.text, findUnit);
  const { value, comparator } = number;
  return {
    value: { valueQuantity: { value, comparator, ...measured } },
    referenceRange: referenceRange(result, range, measured),
    flag: range === undefined ? undefined : flagOf(number, range, measured.code, usualUnit),
    note: `${comparator ?? ''}${value}` === result.text ? undefined : result.text,
  };
}

/**
 * A range without a unit is in the result's or in the parameter's usual one (Hb 102 g/L beside 12-16): whatever both
 * readings say. One of another scale altogether is not meant.
 */
function flagOf(
  number: LabNumber,
  range: LabRange,
  unit: string | undefined,
  usual: string | undefined,
): 'H' | 'L' | 'N' | undefined {
  const asItCame = placeInRange(number, range);
  if (range.hasUnit || unit === undefined || usual === undefined) return asItCame;
  const factor = factorBetween(unit, usual);
  if (factor === undefined) return undefined;
  if (factor === 1) return asItCame;
  const value = number.value * factor;
  // A haemoglobin is hardly ever eight times too low; lakhs of platelets read as thousands are that far off.
  return isFarFrom(range, value, 8) || placeInRange({ ...number, value }, range) === asItCame ? asItCame : undefined;
}

/** The hospital's words with their unit, e.g. `8-10 /hpf`. */
export function labResultText({ text, unit }: LabResult): string {
  return unit === undefined || text.endsWith(unit) ? text : `${text} ${unit}`;
}

/** The words of the unit (none for a bare number), or undefined when what follows the number is no unit for sure. */
function unitOf(
  { rest }: LabNumber,
  unit: string | undefined,
  findUnit: (text: string) => Coding | undefined,
): { readonly text: string | undefined } | undefined {
  const attached = rest.trim();
  if (attached === '') return { text: unit };
  if (unit !== undefined) return normalUnit(attached) === normalUnit(unit) ? { text: unit } : undefined;
  // `10.2 L` is low, not litres; `1O.2` is no number, so a unit stands apart from it.
  const looksLikeUnit = attached === '%' || (/^\s+[\p{L}/]/u.test(rest) && attached.length > 1);
  return looksLikeUnit && findUnit(attached) !== undefined ? { text: attached } : undefined;
}

function inUnit(
  unit: string | undefined,
  findUnit: (text: string) => Coding | undefined,
): Pick<Quantity, 'unit' | 'system' | 'code'> {
  if (unit === undefined) return {};
  const known = findUnit(unit);
  return { unit, system: known?.system, code: known?.code };
}

function referenceRange(
  { referenceRange: text }: LabResult,
  range: LabRange | undefined,
  unit: Pick<Quantity, 'unit' | 'system' | 'code'>,
): ObservationReferenceRange | undefined {
  if (text === undefined) return undefined;
  const end = (value: number | undefined): Quantity | undefined =>
    value === undefined ? undefined : { value, ...unit };
  return { low: end(range?.low), high: end(range?.high), text };
}
