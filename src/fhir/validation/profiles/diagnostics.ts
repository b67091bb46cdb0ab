import { CODE_SYSTEMS } from '../../terminology/systems.js';
import { PROFILES } from '../../terminology/profiles.js';
import { ANY_CODE, SNOMED_ONLY } from './coding-rules.js';
import type { ProfileRules } from './profile-rules.js';

export const DIAGNOSTIC_REPORT_LAB = {
  url: PROFILES.diagnosticReportLab,
  resourceType: 'DiagnosticReport',
  elements: {
    basedOn: {
      targets: ['CarePlan', 'ImmunizationRecommendation', 'MedicationRequest', 'NutritionOrder', 'ServiceRequest'],
    },
    category: SNOMED_ONLY,
    code: { coding: { systems: [CODE_SYSTEMS.loinc] } },
    subject: { targets: ['Device', 'Group', 'Location', 'Patient'] },
    encounter: { targets: ['Encounter'] },
    performer: { targets: ['CareTeam', 'Organization', 'Practitioner', 'PractitionerRole'] },
    resultsInterpreter: { min: 1, targets: ['CareTeam', 'Organization', 'Practitioner', 'PractitionerRole'] },
    specimen: { targets: ['Specimen'] },
    result: { min: 1, targets: ['Observation'] },
    imagingStudy: { targets: ['ImagingStudy'] },
    'media.link': { targets: ['Media'] },
    conclusion: { min: 1 },
    conclusionCode: SNOMED_ONLY,
    'presentedForm.contentType': { min: 1 },
    'presentedForm.data': { min: 1 },
  },
} as const satisfies ProfileRules;

export const DIAGNOSTIC_REPORT_IMAGING = {
  url: PROFILES.diagnosticReportImaging,
  resourceType: 'DiagnosticReport',
  elements: {
    basedOn: {
      targets: ['CarePlan', 'ImmunizationRecommendation', 'MedicationRequest', 'NutritionOrder', 'ServiceRequest'],
    },
    category: SNOMED_ONLY,
    code: { coding: { systems: [CODE_SYSTEMS.loinc] } },
    subject: { targets: ['Device', 'Group', 'Location', 'Patient'] },
    encounter: { targets: ['Encounter'] },
    performer: { targets: ['CareTeam', 'Organization', 'Practitioner', 'PractitionerRole'] },
    resultsInterpreter: { min: 1, targets: ['CareTeam', 'Organization', 'Practitioner', 'PractitionerRole'] },
    specimen: { targets: ['Specimen'] },
    result: { targets: ['Observation'] },
    imagingStudy: { targets: ['ImagingStudy'] },
    media: { min: 1 },
    'media.link': { targets: ['Media'] },
    conclusion: { min: 1 },
    conclusionCode: SNOMED_ONLY,
    'presentedForm.contentType': { min: 1 },
    'presentedForm.data': { min: 1 },
  },
} as const satisfies ProfileRules;

export const SPECIMEN = {
  url: PROFILES.specimen,
  resourceType: 'Specimen',
  elements: {
    type: SNOMED_ONLY,
    subject: { targets: ['Patient'] },
    receivedTime: { min: 1 },
    parent: { targets: ['Specimen'] },
    request: { targets: ['ServiceRequest'] },
    'collection.collector': { targets: ['Practitioner', 'PractitionerRole'] },
    'collection.collected[x]': { min: 1, types: ['dateTime'] },
  },
} as const satisfies ProfileRules;

export const IMAGING_STUDY = {
  url: PROFILES.imagingStudy,
  resourceType: 'ImagingStudy',
  elements: {
    subject: { targets: ['Device', 'Group', 'Patient'] },
    encounter: { targets: ['Encounter'] },
    basedOn: { targets: ['Appointment', 'AppointmentResponse', 'CarePlan', 'ServiceRequest', 'Task'] },
    referrer: { targets: ['Practitioner', 'PractitionerRole'] },
    interpreter: { targets: ['Practitioner', 'PractitionerRole'] },
    procedureReference: { targets: ['Procedure'] },
    procedureCode: SNOMED_ONLY,
    reasonCode: SNOMED_ONLY,
    reasonReference: {
      targets: [
        'Condition',
        'DiagnosticReportImaging',
        'DiagnosticReportLab',
        'DocumentReference',
        'Media',
        'Observation',
      ],
    },
    'series.specimen': { targets: ['Specimen'] },
    'series.performer.actor': {
      targets: ['CareTeam', 'Device', 'Organization', 'Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'],
    },
  },
} as const satisfies ProfileRules;

export const MEDIA = {
  url: PROFILES.media,
  resourceType: 'Media',
  elements: {
    basedOn: { targets: ['CarePlan', 'ServiceRequest'] },
    modality: ANY_CODE,
    subject: { targets: ['Device', 'Group', 'Location', 'Patient', 'Practitioner', 'PractitionerRole', 'Specimen'] },
    encounter: { targets: ['Encounter'] },
    operator: {
      targets: ['CareTeam', 'Device', 'Organization', 'Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'],
    },
    'content.contentType': { min: 1 },
    'content.data': { min: 1 },
  },
} as const satisfies ProfileRules;
