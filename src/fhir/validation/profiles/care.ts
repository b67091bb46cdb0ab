import { PROFILES } from '../../terminology/profiles.js';
import { ANY_CODE, SNOMED_ONLY } from './coding-rules.js';
import type { ProfileRules } from './profile-rules.js';

export const SERVICE_REQUEST = {
  url: PROFILES.serviceRequest,
  resourceType: 'ServiceRequest',
  elements: {
    basedOn: { targets: ['CarePlan', 'MedicationRequest', 'ServiceRequest'] },
    replaces: { targets: ['ServiceRequest'] },
    code: SNOMED_ONLY,
    subject: { targets: ['Patient'] },
    encounter: { targets: ['Encounter'] },
    requester: { min: 1, targets: ['Organization', 'Patient', 'Practitioner', 'PractitionerRole'] },
    performer: {
      targets: [
        'CareTeam',
        'Device',
        'HealthcareService',
        'Organization',
        'Patient',
        'Practitioner',
        'PractitionerRole',
        'RelatedPerson',
      ],
    },
    reasonReference: { targets: ['Condition', 'DiagnosticReport', 'DocumentReference', 'Observation'] },
    insurance: { targets: ['ClaimResponse', 'Coverage'] },
    specimen: { targets: ['Specimen'] },
  },
} as const satisfies ProfileRules;

export const APPOINTMENT = {
  url: PROFILES.appointment,
  resourceType: 'Appointment',
  elements: {
    serviceCategory: SNOMED_ONLY,
    serviceType: SNOMED_ONLY,
    specialty: SNOMED_ONLY,
    appointmentType: SNOMED_ONLY,
    reasonCode: SNOMED_ONLY,
    reasonReference: { targets: ['Condition', 'ImmunizationRecommendation', 'Observation', 'Procedure'] },
    start: { min: 1 },
    basedOn: { targets: ['ServiceRequest'] },
    'participant.type': ANY_CODE,
    'participant.actor': {
      targets: [
        'Device',
        'HealthcareService',
        'Location',
        'Patient',
        'Practitioner',
        'PractitionerRole',
        'RelatedPerson',
      ],
    },
  },
} as const satisfies ProfileRules;

export const CARE_PLAN = {
  url: PROFILES.carePlan,
  resourceType: 'CarePlan',
  elements: {
    basedOn: { targets: ['CarePlan'] },
    replaces: { targets: ['CarePlan'] },
    partOf: { targets: ['CarePlan'] },
    category: SNOMED_ONLY,
    subject: { targets: ['Group', 'Patient'] },
    encounter: { targets: ['Encounter'] },
    author: {
      targets: ['CareTeam', 'Device', 'Organization', 'Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'],
    },
    'author.identifier.assigner': { targets: ['Organization'] },
    contributor: {
      targets: ['CareTeam', 'Device', 'Organization', 'Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'],
    },
    addresses: { targets: ['Condition'] },
    'activity.reference': {
      targets: [
        'Appointment',
        'CommunicationRequest',
        'DeviceRequest',
        'MedicationRequest',
        'NutritionOrder',
        'RequestGroup',
        'ServiceRequest',
        'Task',
        'VisionPrescription',
      ],
    },
    'activity.detail.reasonReference': {
      targets: ['Condition', 'DiagnosticReport', 'DocumentReference', 'Observation'],
    },
    'activity.detail.performer': {
      targets: [
        'CareTeam',
        'Device',
        'HealthcareService',
        'Organization',
        'Patient',
        'Practitioner',
        'PractitionerRole',
        'RelatedPerson',
      ],
    },
    'activity.detail.product[x]': { types: ['CodeableConcept', 'Reference'], targets: ['Medication', 'Substance'] },
  },
} as const satisfies ProfileRules;
