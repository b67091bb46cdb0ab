import type { CodeableConcept, Coding, Condition } from 'fhir/r4.js';
import type { Diagnosis } from '../../ports/visit.js';
import { coding, concept, words, wordsWith } from '../terminology/coding.js';
import { codableCore } from '../terminology/codable-core.js';
import { complaintPhrases } from '../terminology/complaint-phrases.js';
import type { ComplaintPhrase } from '../terminology/complaint-phrases.js';
import { PROFILES } from '../terminology/profiles.js';
import type { Standing } from '../terminology/standing.js';
import { CODE_SYSTEMS } from '../terminology/systems.js';
import type { Terminology } from '../terminology/terminology.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/** What the patient came with, or tells of the past, in the hospital's words only. */
export function complaint(id: string, text: string, of: VisitParts): Condition {
  return condition(id, { code: words(text) }, of);
}

/**
 * One of the things the patient came with: the hospital's words, how sure they are, and the code when the terminology
 * knows them.
 */
export function codedComplaint(id: string, from: ComplaintPhrase, of: VisitParts, terminology: Terminology): Condition {
  const code = from.core === undefined ? undefined : terminology.find('condition', from.core);
  return condition(id, { code: wordsWith(code, from.text), ...statuses(from.standing, terminology) }, of);
}

/**
 * What the doctor found. The hospital's ICD-10 code goes out when a table has its title and the words do not contradict
 * it; any other code stays readable as text.
 */
export function diagnosis(id: string, from: Diagnosis, of: VisitParts, terminology: Terminology): Condition {
  const standing = standingOfDiagnosis(from.text);
  // "? Malaria" with B54 beside it: a code would say that it is malaria.
  const code = standing.kind === 'present' ? codeOf(from, terminology) : undefined;
  // The hospital's own code is said in the text where it is not the one that is sent.
  const text = code !== undefined && code.code === from.icd10 ? from.text : diagnosisText(from);
  return condition(
    id,
    {
      // R4's con-3, as it is published, wants a clinical status beside any category; what is not there has neither.
      category: standing.kind === 'present' ? [ENCOUNTER_DIAGNOSIS] : [],
      code: wordsWith(code, text),
      ...statuses(standing, terminology),
    },
    of,
  );
}

/** A diagnosis of several things is one condition: as sure as the first, unless another one is only thought of. */
function standingOfDiagnosis(text: string): Standing {
  const standings = complaintPhrases(text).map(({ standing }) => standing);
  const [first = TOLD] = standings;
  return first.kind === 'present' && standings.some(({ kind }) => kind === 'suspected') ? TOLD : first;
}

const TOLD: Standing = { kind: 'told' };

/**
 * The hospital's code and the words, where they agree. An unknown code may say more than the words (E11.65 is with
 * hyperglycaemia, "T2DM" alone without complications): then only the category they share stands for both.
 */
function codeOf({ text, icd10: written }: Diagnosis, terminology: Terminology): Coding | undefined {
  const meant = codeOfWords(text, terminology);
  if (written === undefined) return meant;
  const category = written.slice(0, 3);
  const hospitals = terminology.icd10(written);
  if (hospitals === undefined) return meant?.code === category ? meant : undefined;
  return meant === undefined || meant.code?.slice(0, 3) === category ? hospitals : undefined;
}

/** The hospital's words, with the hospital's code behind them. */
export function diagnosisText({ text, icd10: code }: Diagnosis): string {
  return code === undefined ? text : `${text} (${code})`;
}

function codeOfWords(text: string, terminology: Terminology): Coding | undefined {
  const core = codableCore(text);
  return core === undefined ? undefined : terminology.find('condition', core);
}

/**
 * What is suspected is `provisional` and not `differential`: one thing is thought of, and it need not be one of a list.
 * Only what is there has a clinical status. Something denied is `refuted` when its words are a known finding: "no sleep"
 * is a complaint.
 */
function statuses(
  standing: Standing,
  terminology: Terminology,
): Pick<Condition, 'clinicalStatus' | 'verificationStatus'> {
  switch (standing.kind) {
    case 'present':
      return { clinicalStatus: ACTIVE };
    case 'suspected':
      return { clinicalStatus: undefined, verificationStatus: verification('provisional', 'Provisional') };
    case 'denied': {
      const isKnown = terminology.find('condition', standing.what) !== undefined;
      return { clinicalStatus: undefined, ...(isKnown && { verificationStatus: verification('refuted', 'Refuted') }) };
    }
    case 'told':
      return { clinicalStatus: undefined };
  }
}

const ENCOUNTER_DIAGNOSIS = concept(
  coding(CODE_SYSTEMS.conditionCategory, 'encounter-diagnosis', 'Encounter Diagnosis'),
);
const ACTIVE = concept(coding(CODE_SYSTEMS.conditionClinical, 'active', 'Active'));

const verification = (code: string, display: string): CodeableConcept =>
  concept(coding(CODE_SYSTEMS.conditionVerification, code, display));

function condition(
  id: string,
  what: Pick<Condition, 'category' | 'code' | 'clinicalStatus' | 'verificationStatus'>,
  of: VisitParts,
): Condition {
  return {
    resourceType: 'Condition',
    id,
    meta: { profile: [PROFILES.condition] },
    clinicalStatus: ACTIVE,
    ...what,
    subject: ref(of.patient),
    encounter: ref(of.encounter),
    recordedDate: of.at,
    recorder: ref(of.author),
  };
}
