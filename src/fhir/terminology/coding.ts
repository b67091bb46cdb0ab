import type { CodeableConcept, Coding } from 'fhir/r4.js';
import { CODE_SYSTEMS } from './systems.js';

export function coding(system: string, code: string, display: string): Coding {
  return { system, code, display };
}

export const snomed = (code: string, display: string): Coding => coding(CODE_SYSTEMS.snomed, code, display);
export const loinc = (code: string, display: string): Coding => coding(CODE_SYSTEMS.loinc, code, display);

/** A coded meaning; `text` keeps the hospital's words where they differ from the code's title. */
export function concept(meaning: Coding, text?: string): CodeableConcept {
  return { coding: [meaning], ...(text !== undefined && { text }) };
}

/** Words without a code: always allowed, and better than a guessed code. */
export function words(text: string): CodeableConcept {
  return { text };
}

/** The hospital's words, with the code the terminology found for them, if any. */
export function wordsWith(code: Coding | undefined, text: string): CodeableConcept {
  return code === undefined ? words(text) : concept(code, text);
}
