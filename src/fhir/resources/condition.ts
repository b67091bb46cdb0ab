import type { Condition } from 'fhir/r4.js';
import type { Diagnosis } from '../../ports/visit.js';
import { coding, concept, words } from '../terminology/coding.js';
import { icd10 } from '../terminology/icd10.js';
import { PROFILES } from '../terminology/profiles.js';
import { CODE_SYSTEMS } from '../terminology/systems.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/** What the patient came with, in the hospital's words. */
export function complaint(id: string, text: string, of: VisitParts): Condition {
  return condition(id, { code: words(text) }, of);
}

/** What the doctor found. Coded only where the ICD-10 title is known for sure; any other code stays readable as text. */
export function diagnosis(id: string, from: Diagnosis, of: VisitParts): Condition {
  const code = from.icd10 === undefined ? undefined : icd10(from.icd10);
  return condition(
    id,
    {
      category: [concept(coding(CODE_SYSTEMS.conditionCategory, 'encounter-diagnosis', 'Encounter Diagnosis'))],
      code: code === undefined ? words(diagnosisText(from)) : concept(code, from.text),
    },
    of,
  );
}

/** The hospital's words, with the hospital's code behind them. */
export function diagnosisText({ text, icd10: code }: Diagnosis): string {
  return code === undefined ? text : `${text} (${code})`;
}

function condition(id: string, what: Pick<Condition, 'category' | 'code'>, of: VisitParts): Condition {
  return {
    resourceType: 'Condition',
    id,
    meta: { profile: [PROFILES.condition] },
    clinicalStatus: concept(coding(CODE_SYSTEMS.conditionClinical, 'active', 'Active')),
    ...what,
    subject: ref(of.patient),
    encounter: ref(of.encounter),
    recordedDate: of.at,
    recorder: ref(of.author),
  };
}
