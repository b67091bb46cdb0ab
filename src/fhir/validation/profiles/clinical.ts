import { CODE_SYSTEMS } from '../../terminology/systems.js';
import { PROFILES } from '../../terminology/profiles.js';
import { ANY_CODE, SNOMED_ONLY } from './coding-rules.js';
import type { ProfileRules } from './profile-rules.js';

export const CONDITION = {
  url: PROFILES.condition,
  resourceType: 'Condition',
  elements: {
    code: { min: 1, coding: { systems: [CODE_SYSTEMS.icd10, CODE_SYSTEMS.snomed] } },
    subject: { targets: ['Patient'] },
    encounter: { targets: ['Encounter'] },
    recorder: { targets: ['Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'] },
    asserter: { targets: ['Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'] },
    'stage.assessment': {
      targets: ['ClinicalImpression', 'DiagnosticReportImaging', 'DiagnosticReportLab', 'Observation'],
    },
  },
} as const satisfies ProfileRules;

export const ALLERGY_INTOLERANCE = {
  url: PROFILES.allergyIntolerance,
  resourceType: 'AllergyIntolerance',
  elements: {
    code: { min: 1, ...SNOMED_ONLY },
    patient: { targets: ['Patient'] },
    encounter: { targets: ['Encounter'] },
    recorder: { targets: ['Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'] },
    asserter: { targets: ['Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'] },
  },
} as const satisfies ProfileRules;

export const FAMILY_MEMBER_HISTORY = {
  url: PROFILES.familyMemberHistory,
  resourceType: 'FamilyMemberHistory',
  elements: {
    patient: { targets: ['Patient'] },
    relationship: ANY_CODE,
    reasonCode: SNOMED_ONLY,
    reasonReference: {
      targets: [
        'AllergyIntolerance',
        'Condition',
        'DiagnosticReportImaging',
        'DiagnosticReportLab',
        'DocumentReference',
        'Observation',
        'QuestionnaireResponse',
      ],
    },
    condition: { min: 1 },
    'condition.code': SNOMED_ONLY,
  },
} as const satisfies ProfileRules;

export const PROCEDURE = {
  url: PROFILES.procedure,
  resourceType: 'Procedure',
  elements: {
    basedOn: { targets: ['CarePlan', 'ServiceRequest'] },
    partOf: { targets: ['MedicationAdministration', 'Observation', 'Procedure'] },
    statusReason: SNOMED_ONLY,
    category: SNOMED_ONLY,
    code: { min: 1, ...SNOMED_ONLY },
    subject: { targets: ['Group', 'Patient'] },
    encounter: { targets: ['Encounter'] },
    recorder: { targets: ['Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'] },
    asserter: { targets: ['Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'] },
    'performer.function': SNOMED_ONLY,
    'performer.actor': {
      targets: ['Device', 'Organization', 'Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'],
    },
    'performer.onBehalfOf': { targets: ['Organization'] },
    reasonCode: SNOMED_ONLY,
    reasonReference: {
      targets: [
        'Condition',
        'DiagnosticReportImaging',
        'DiagnosticReportLab',
        'DocumentReference',
        'Observation',
        'Procedure',
      ],
    },
    bodySite: SNOMED_ONLY,
    outcome: SNOMED_ONLY,
    report: { targets: ['Composition', 'DiagnosticReportImaging', 'DiagnosticReportLab', 'DocumentReference'] },
    complicationDetail: { targets: ['Condition'] },
    usedReference: { targets: ['Device', 'Medication', 'Substance'] },
    usedCode: SNOMED_ONLY,
  },
} as const satisfies ProfileRules;
