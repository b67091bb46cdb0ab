import { CODE_SYSTEMS } from '../../terminology/systems.js';
import { PROFILES } from '../../terminology/profiles.js';
import type { ProfileRules } from './profile-rules.js';

export const OBSERVATION = {
  url: PROFILES.observation,
  resourceType: 'Observation',
  elements: {
    basedOn: {
      targets: [
        'CarePlan',
        'DeviceRequest',
        'ImmunizationRecommendation',
        'MedicationRequest',
        'NutritionOrder',
        'ServiceRequest',
      ],
    },
    partOf: {
      targets: [
        'ImagingStudy',
        'Immunization',
        'MedicationAdministration',
        'MedicationDispense',
        'MedicationStatement',
        'Procedure',
      ],
    },
    code: { coding: { systems: [CODE_SYSTEMS.loinc, CODE_SYSTEMS.snomed] } },
    subject: { targets: ['Patient'] },
    encounter: { targets: ['Encounter'] },
    performer: {
      targets: ['CareTeam', 'Organization', 'Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'],
    },
    specimen: { targets: ['Specimen'] },
    hasMember: { targets: ['MolecularSequence', 'Observation', 'QuestionnaireResponse'] },
    derivedFrom: {
      targets: [
        'DocumentReference',
        'ImagingStudy',
        'Media',
        'MolecularSequence',
        'Observation',
        'QuestionnaireResponse',
      ],
    },
  },
} as const satisfies ProfileRules;

export const OBSERVATION_VITAL_SIGNS = {
  url: PROFILES.observationVitalSigns,
  resourceType: 'Observation',
  parent: PROFILES.observation,
  elements: {
    code: { binding: 'ndhm-vital-signs' },
    'value[x]': { types: ['Quantity', 'string'] },
  },
} as const satisfies ProfileRules;

export const OBSERVATION_BODY_MEASUREMENT = {
  url: PROFILES.observationBodyMeasurement,
  resourceType: 'Observation',
  parent: PROFILES.observation,
  elements: {
    code: { binding: 'ndhm-body-measurement' },
    'value[x]': { types: ['Quantity', 'string'] },
  },
} as const satisfies ProfileRules;

export const OBSERVATION_PHYSICAL_ACTIVITY = {
  url: PROFILES.observationPhysicalActivity,
  resourceType: 'Observation',
  parent: PROFILES.observation,
  elements: {
    code: { binding: 'ndhm-physical-activity' },
    'value[x]': { types: ['Quantity', 'string'] },
  },
} as const satisfies ProfileRules;

export const OBSERVATION_GENERAL_ASSESSMENT = {
  url: PROFILES.observationGeneralAssessment,
  resourceType: 'Observation',
  parent: PROFILES.observation,
  elements: {
    code: { binding: 'ndhm-general-assessment' },
    'value[x]': { types: ['Quantity', 'CodeableConcept'] },
  },
} as const satisfies ProfileRules;

export const OBSERVATION_WOMEN_HEALTH = {
  url: PROFILES.observationWomenHealth,
  resourceType: 'Observation',
  parent: PROFILES.observation,
  elements: {
    code: { binding: 'ndhm-women-health' },
    'value[x]': { types: ['Quantity', 'string'] },
  },
} as const satisfies ProfileRules;

export const OBSERVATION_LIFESTYLE = {
  url: PROFILES.observationLifestyle,
  resourceType: 'Observation',
  parent: PROFILES.observation,
  elements: {
    code: { binding: 'ndhm-lifestyle' },
    'value[x]': { types: ['CodeableConcept'] },
  },
} as const satisfies ProfileRules;
