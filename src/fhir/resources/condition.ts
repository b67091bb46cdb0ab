import type { Coding, Condition } from 'fhir/r4.js';
import type { Diagnosis } from '../../ports/visit.js';
import { coding, concept, words, wordsWith } from '../terminology/coding.js';
import { codableCore, isDoubted } from '../terminology/codable-core.js';
import type { ComplaintPhrase } from '../terminology/complaint-phrases.js';
import { PROFILES } from '../terminology/profiles.js';
import { CODE_SYSTEMS } from '../terminology/systems.js';
import type { Terminology } from '../terminology/terminology.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/** What the patient came with, or tells of the past, in the hospital's words only. */
export function complaint(id: string, text: string, of: VisitParts): Condition {
  return condition(id, { code: words(text) }, of);
}

/** One of the things the patient came with: the hospital's words, and the code when the terminology knows them. */
export function codedComplaint(id: string, from: ComplaintPhrase, of: VisitParts, terminology: Terminology): Condition {
  const code = from.core === undefined ? undefined : terminology.find('condition', from.core);
  return condition(id, { code: wordsWith(code, from.text) }, of);
}

/**
 * What the doctor found. The hospital's ICD-10 code goes out when a table has its title, else the code of the doctor's
 * words when they are a known term; any other code stays readable as text.
 */
export function diagnosis(id: string, from: Diagnosis, of: VisitParts, terminology: Terminology): Condition {
  // "? Malaria" with B54 beside it: a code would say that it is malaria.
  const isCodable = from.icd10 !== undefined && !isDoubted(from.text);
  const hospitals = isCodable ? terminology.icd10(from.icd10) : undefined;
  const code = hospitals ?? codeOfWords(from.text, terminology);
  // The hospital's own code is said in the text where it is not the one that is sent.
  const text = hospitals === undefined ? diagnosisText(from) : from.text;
  return condition(
    id,
    {
      category: [concept(coding(CODE_SYSTEMS.conditionCategory, 'encounter-diagnosis', 'Encounter Diagnosis'))],
      code: wordsWith(code, text),
    },
    of,
  );
}

/** The hospital's words, with the hospital's code behind them. */
export function diagnosisText({ text, icd10: code }: Diagnosis): string {
  return code === undefined ? text : `${text} (${code})`;
}

function codeOfWords(text: string, terminology: Terminology): Coding | undefined {
  const core = codableCore(text);
  return core === undefined ? undefined : terminology.find('condition', core);
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
