import { CODE_SYSTEMS } from '../../terminology/systems.js';
import { PROFILES } from '../../terminology/profiles.js';
import { COMPOSITION_ELEMENTS } from './composition.js';
import type { KnownSection, ProfileRules, TargetName } from './profile-rules.js';

const TYPE = { system: CODE_SYSTEMS.snomed, code: '373942005', display: 'Discharge summary' };

/** In the profile's order. Several codes differ from those of a consultation's sections of the same name. */
export const DISCHARGE_SUMMARY_SECTIONS = {
  chiefComplaints: known('422843007', 'Chief complaint section', ['Condition']),
  physicalExamination: known('425044008', 'Physical exam section', ['Observation']),
  allergies: known('722446000', 'Allergy record', ['AllergyIntolerance']),
  medicalHistory: known('1003642006', 'Past medical history section', ['Procedure', 'Condition']),
  familyHistory: known('422432008', 'Family history section', ['FamilyMemberHistory']),
  investigations: known('721981007', 'Diagnostic studies report', ['DiagnosticReportLab', 'DiagnosticReportImaging']),
  medications: known('1003606003', 'Medication history section', ['MedicationRequest']),
  procedures: known('1003640003', 'History of past procedure section', ['Procedure']),
  carePlan: known('734163000', 'Care plan', ['CarePlan']),
  documentReference: known('373942005', 'Discharge summary', ['DocumentReference']),
} as const satisfies Record<string, KnownSection>;

export const DISCHARGE_SUMMARY_RECORD = {
  url: PROFILES.dischargeSummaryRecord,
  resourceType: 'Composition',
  elements: {
    ...COMPOSITION_ELEMENTS,
    type: { coding: { exactly: TYPE, required: true, max: 1 } },
    encounter: { min: 1, targets: ['Encounter'] },
    section: { min: 1 },
  },
  sections: { known: DISCHARGE_SUMMARY_SECTIONS },
} as const satisfies ProfileRules;

function known(code: string, display: string, targets: readonly TargetName[]): KnownSection {
  return { code: { system: CODE_SYSTEMS.snomed, code, display }, targets };
}
