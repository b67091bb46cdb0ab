import type { CodeableConcept, Observation, Quantity } from 'fhir/r4.js';
import type { Vital } from '../../ports/visit.js';
import { coding, concept, words, wordsWith } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import { CODE_SYSTEMS } from '../terminology/systems.js';
import type { Terminology } from '../terminology/terminology.js';
import { VITAL_SIGNS } from '../terminology/vital-signs.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/**
 * One vital sign: a number with its unit where it was understood, else the hospital's words ("Afebrile").
 * @param profile URL of an NRCeS profile of observations; a WellnessRecord has some of its own
 */
export function vitalSign(
  id: string,
  from: Vital,
  of: VisitParts,
  terminology: Terminology,
  profile: string = PROFILES.observation,
): Observation {
  const { en } = VITAL_SIGNS[from.kind];
  const value = measured(from, terminology);
  return {
    // Words go without the code: HL7's validator holds whatever has it to R4's vital-sign profiles, which want a number.
    ...observation(id, value === undefined ? words(en) : wordsWith(terminology.find('vital', from.kind), en), of),
    meta: { profile: [profile] },
    category: [concept(coding(CODE_SYSTEMS.observationCategory, 'vital-signs', 'Vital Signs'))],
    ...(value ?? { valueString: from.text }),
    // As it was written down, since the number may have been converted (101.2 F, 5'1").
    note: value === undefined ? [] : [{ text: from.text }],
  };
}

/** As a reader is shown it: the hospital's words, and the unit where it wrote a bare number. */
export function vitalText({ text, value, secondValue, unit }: Vital): string {
  if (value === undefined || unit === undefined || /[\p{L}%°'"’′″]/u.test(text)) return text;
  const number = secondValue === undefined ? String(value) : `${value}/${secondValue}`;
  const understood = `${number} ${UNIT_TEXT[unit] ?? unit}`;
  // A bare 101.2 was understood as Fahrenheit: beside its Celsius both stand.
  return number === text.replaceAll(' ', '') ? understood : `${text} (${understood})`;
}

/** How a unit is written for people, where UCUM writes it otherwise. */
const UNIT_TEXT: Readonly<Record<string, string>> = { 'mm[Hg]': 'mmHg', Cel: '°C' };

/** Something the doctor said that has no resource of its own, so that no word is lost. */
export function remark(id: string, about: string, text: string, of: VisitParts): Observation {
  return { ...observation(id, words(about), of), valueString: text };
}

function observation(id: string, code: CodeableConcept, of: VisitParts): Observation {
  return {
    resourceType: 'Observation',
    id,
    meta: { profile: [PROFILES.observation] },
    status: 'final',
    code,
    subject: ref(of.patient),
    encounter: ref(of.encounter),
    effectiveDateTime: of.at,
    performer: [ref(of.author)],
  };
}

function measured(
  { kind, value, secondValue, unit }: Vital,
  terminology: Terminology,
): Pick<Observation, 'valueQuantity' | 'component'> | undefined {
  if (value === undefined || unit === undefined) return undefined;
  if (kind !== 'blood-pressure') return { valueQuantity: quantity(value, unit) };
  if (secondValue === undefined) return undefined;
  const part = (name: string, title: string): CodeableConcept => {
    const code = terminology.find('vital', name);
    return code === undefined ? words(title) : concept(code);
  };
  return {
    component: [
      { code: part('systolic-blood-pressure', 'Systolic blood pressure'), valueQuantity: quantity(value, unit) },
      {
        code: part('diastolic-blood-pressure', 'Diastolic blood pressure'),
        valueQuantity: quantity(secondValue, unit),
      },
    ],
  };
}

function quantity(value: number, unit: string): Quantity {
  return { value, unit, system: CODE_SYSTEMS.ucum, code: unit };
}
