import { CODE_SYSTEMS } from '../../terminology/systems.js';
import { PROFILES } from '../../terminology/profiles.js';
import { COMPOSITION_ELEMENTS } from './composition.js';
import type { KnownSection, ProfileRules, TargetName } from './profile-rules.js';

const TYPE = { system: CODE_SYSTEMS.snomed, code: '371530004', display: 'Clinical consultation report' };

/** In the profile's order, which is the order we send them in. */
export const OP_CONSULT_SECTIONS = {
  chiefComplaints: known('422843007', 'Chief complaint section', ['Condition']),
  physicalExamination: known('425044008', 'Physical exam section', ['Observation']),
  allergies: known('722446000', 'Allergy record', ['AllergyIntolerance']),
  medicalHistory: known('371529009', 'History and physical report', ['Condition', 'Procedure']),
  familyHistory: known('422432008', 'Family history section', ['FamilyMemberHistory']),
  investigationAdvice: known('721963009', 'Order document', ['ServiceRequest']),
  medications: known('721912009', 'Medication summary document', ['MedicationStatement', 'MedicationRequest']),
  // The guide's own example sends 736271009 here, which matches no slice. We follow the profile.
  followUp: known('390906007', 'Follow-up encounter', ['Appointment']),
  procedure: known('371525003', 'Clinical procedure report', ['Procedure']),
  referral: known('306206005', 'Referral to service', ['ServiceRequest']),
  otherObservations: known('404684003', 'Clinical finding', ['Observation']),
  documentReference: known('371530004', 'Clinical consultation report', ['DocumentReference']),
} as const satisfies Record<string, KnownSection>;

export const OP_CONSULT_RECORD = {
  url: PROFILES.opConsultRecord,
  resourceType: 'Composition',
  elements: {
    ...COMPOSITION_ELEMENTS,
    'author.reference': { min: 1 },
    type: { coding: { exactly: TYPE, required: true, max: 1 } },
    encounter: { min: 1, targets: ['Encounter'] },
    section: { min: 1 },
  },
  sections: { known: OP_CONSULT_SECTIONS },
} as const satisfies ProfileRules;

function known(code: string, display: string, targets: readonly TargetName[]): KnownSection {
  return { code: { system: CODE_SYSTEMS.snomed, code, display }, targets };
}
