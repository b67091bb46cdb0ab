import { PROFILES } from '../../terminology/profiles.js';
import { ANY_CODE, SNOMED_ONLY } from './coding-rules.js';
import type { ProfileRules } from './profile-rules.js';

export const BRAND_NAME = {
  url: PROFILES.brandName,
  resourceType: 'Extension',
  elements: {
    extension: { max: 0 },
    url: { fixed: PROFILES.brandName },
    'value[x]': { types: ['string'] },
  },
} as const satisfies ProfileRules;

export const IMMUNIZATION = {
  url: PROFILES.immunization,
  resourceType: 'Immunization',
  elements: {
    vaccineCode: ANY_CODE,
    patient: { targets: ['Patient'] },
    encounter: { targets: ['Encounter'] },
    'occurrence[x]': { types: ['dateTime'] },
    manufacturer: { targets: ['Organization'] },
    site: ANY_CODE,
    route: SNOMED_ONLY,
    'performer.function': ANY_CODE,
    'performer.actor': { targets: ['Organization', 'Practitioner', 'PractitionerRole'] },
    reasonCode: SNOMED_ONLY,
    reasonReference: { targets: ['Condition', 'DiagnosticReportImaging', 'DiagnosticReportLab', 'Observation'] },
    'reaction.detail': { targets: ['Observation'] },
    'protocolApplied.authority': { targets: ['Organization'] },
  },
  extensions: { BrandName: PROFILES.brandName },
} as const satisfies ProfileRules;

export const IMMUNIZATION_RECOMMENDATION = {
  url: PROFILES.immunizationRecommendation,
  resourceType: 'ImmunizationRecommendation',
  elements: {
    patient: { targets: ['Patient'] },
    authority: { targets: ['Organization'] },
    'recommendation.vaccineCode': ANY_CODE,
    'recommendation.targetDisease': ANY_CODE,
    'recommendation.contraindicatedVaccineCode': ANY_CODE,
    'recommendation.forecastStatus': ANY_CODE,
    'recommendation.forecastReason': ANY_CODE,
    'recommendation.dateCriterion.code': ANY_CODE,
    'recommendation.supportingImmunization': { targets: ['Immunization', 'ImmunizationEvaluation'] },
  },
} as const satisfies ProfileRules;
