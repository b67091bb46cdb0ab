import type { Coding } from 'fhir/r4.js';
import { coding } from './coding.js';
import { CODE_SYSTEMS } from './systems.js';

/**
 * Titles of the ICD-10 (WHO) codes we are sure of. NRCeS wants a display with every code, and the hospital's words
 * are not the code's title, so a code that is not listed here is not sent: the diagnosis goes as text.
 *
 * Left out on purpose: `E11.65` exists only in the American ICD-10-CM; `Z23` means "any immunization" there but
 * "against single bacterial diseases" with WHO, and the hospitals write it for polio and measles too.
 */
const ICD10_TITLES: Readonly<Record<string, string>> = {
  A09: 'Other gastroenteritis and colitis of infectious and unspecified origin',
  'B34.9': 'Viral infection, unspecified',
  'B50.9': 'Plasmodium falciparum malaria, unspecified',
  B54: 'Unspecified malaria',
  'E11.9': 'Type 2 diabetes mellitus : Without complications',
  I10: 'Essential (primary) hypertension',
  'J06.9': 'Acute upper respiratory infection, unspecified',
  'K29.1': 'Other acute gastritis',
  'M17.9': 'Gonarthrosis, unspecified',
  'O99.0': 'Anaemia complicating pregnancy, childbirth and the puerperium',
  'Z00.1': 'Routine child health examination',
  'Z34.9': 'Supervision of normal pregnancy, unspecified',
};

/** @returns the coding with its title, or undefined when the code is not one we are sure of */
export function icd10(code: string): Coding | undefined {
  const title = Object.hasOwn(ICD10_TITLES, code) ? ICD10_TITLES[code] : undefined;
  return title === undefined ? undefined : coding(CODE_SYSTEMS.icd10, code, title);
}
