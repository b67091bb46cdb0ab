import type { CodeableConcept, Observation, ObservationComponent } from 'fhir/r4.js';
import { moment, span } from '../dates.js';
import { joined } from '../html.js';
import type { Html } from '../html.js';
import { phrase } from '../phrase.js';
import { small } from '../pieces.js';
import { numberOf, quantityText, rangeText, ratioText, unitOf, withUnit } from '../quantities.js';
import type { Texts } from '../texts.en.js';
import { codesIn, list, said, same, texts, wordsOf } from '../words.js';
import { isCalm } from './interpretation.js';

const SYSTOLIC = '8480-6';
const DIASTOLIC = '8462-4';

/** A value of any of FHIR's kinds. */
export function valueText(of: Observation | ObservationComponent, labels: Texts): string | undefined {
  return (
    quantityText(of.valueQuantity) ??
    wordsOf(of.valueCodeableConcept) ??
    phrase(labels, said(of.valueString)) ??
    (typeof of.valueBoolean === 'boolean' ? (of.valueBoolean ? labels.yes : labels.no) : undefined) ??
    said(of.valueInteger) ??
    rangeText(of.valueRange, labels) ??
    ratioText(of.valueRatio) ??
    said(of.valueTime) ??
    moment(of.valueDateTime) ??
    span(moment(of.valuePeriod?.start), moment(of.valuePeriod?.end)) ??
    said(of.valueSampledData?.data)
  );
}

export interface BloodPressure {
  /** Systolic over diastolic, as everybody writes it: `130/80 mmHg`. */
  readonly text: string;
  readonly marks: readonly CodeableConcept[];
  /** What else was measured. */
  readonly others: readonly ObservationComponent[];
}

/** @returns undefined for any other observation, and where one of the two is missing */
export function bloodPressure({ component }: Observation): BloodPressure | undefined {
  const all = list(component);
  const [upper, lower] = [SYSTOLIC, DIASTOLIC].map((code) => all.find((each) => codesIn(each.code).includes(code)));
  const [high, low] = [numberOf(upper?.valueQuantity), numberOf(lower?.valueQuantity)];
  if (high === undefined || low === undefined) return undefined;
  const unit = unitOf(upper?.valueQuantity) ?? unitOf(lower?.valueQuantity);
  return {
    text: withUnit(`${high}/${low}`, unit),
    marks: [upper, lower].flatMap((each) => list(each?.interpretation)).filter((each) => !isCalm(each)),
    others: all.filter((each) => each !== upper && each !== lower),
  };
}

const MEASURED = /^[<>~]?\s*\d/;

/** What was noted beside a value, where it says more than the value; why a value is missing. */
export function remarks(resource: Observation, value: string | undefined, labels: Texts): Html | undefined {
  const number = numberOf(resource.valueQuantity) ?? '';
  const noted = texts(list(resource.note).map(({ text }) => text)).filter(
    (text) => value === undefined || (!same(text, value) && !same(text, number) && !value.startsWith(`${text} `)),
  );
  const why = value === undefined ? wordsOf(resource.dataAbsentReason) : undefined;
  // The number may have been converted (101.2 F, 5'1"): what stood in the hospital's book is told beside it.
  const told = noted.map((text) => small(`${MEASURED.test(text) ? labels.asWritten : labels.note}: ${text}`));
  return joined([...told, small(why)], ' ');
}
