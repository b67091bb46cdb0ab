import { PROFILES } from '../../terminology/profiles.js';
import type { ProfileRules } from './profile-rules.js';

export const INVOICE = {
  url: PROFILES.invoice,
  resourceType: 'Invoice',
  elements: {
    identifier: { min: 1, max: 1 },
    'identifier.value': { min: 1 },
    'identifier.assigner': { targets: ['Organization'] },
    type: { min: 1, coding: { required: true, max: 1 }, binding: 'ndhm-invoice-types' },
    subject: { min: 1, targets: ['Group', 'Patient'] },
    recipient: { targets: ['Organization', 'Patient', 'RelatedPerson'] },
    date: { min: 1 },
    'participant.actor': {
      targets: ['Device', 'Organization', 'Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'],
    },
    issuer: { targets: ['Organization'] },
    lineItem: { min: 1 },
    'lineItem.chargeItem[x]': { types: ['Reference', 'CodeableConcept'], targets: ['ChargeItem'] },
    'lineItem.priceComponent': { min: 1 },
    'lineItem.priceComponent.code': { min: 1, coding: { required: true, max: 1 }, binding: 'ndhm-price-components' },
    'lineItem.priceComponent.amount': { min: 1 },
    totalNet: { min: 1 },
    totalGross: { min: 1 },
  },
} as const satisfies ProfileRules;

export const CHARGE_ITEM = {
  url: PROFILES.chargeItem,
  resourceType: 'ChargeItem',
  elements: {
    partOf: { targets: ['ChargeItem'] },
    code: { coding: { required: true, max: 1 }, binding: 'ndhm-chargeitem-types' },
    subject: { targets: ['Group', 'Patient'] },
    context: { targets: ['Encounter', 'EpisodeOfCare'] },
    'performer.actor': {
      targets: ['CareTeam', 'Device', 'Organization', 'Practitioner', 'PractitionerRole', 'RelatedPerson'],
    },
    performingOrganization: { targets: ['Organization'] },
    requestingOrganization: { targets: ['Organization'] },
    costCenter: { targets: ['Organization'] },
    quantity: { min: 1 },
    enterer: { targets: ['Device', 'Organization', 'Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'] },
    service: {
      targets: [
        'DiagnosticReport',
        'ImagingStudy',
        'Immunization',
        'MedicationAdministration',
        'MedicationDispense',
        'Observation',
        'Procedure',
        'SupplyDelivery',
      ],
    },
    'product[x]': { min: 1, types: ['Reference', 'CodeableConcept'], targets: ['Device', 'Medication', 'Substance'] },
  },
} as const satisfies ProfileRules;

export const COVERAGE = {
  url: PROFILES.coverage,
  resourceType: 'Coverage',
  elements: {
    policyHolder: { targets: ['Organization', 'Patient', 'RelatedPerson'] },
    subscriber: { targets: ['Patient', 'RelatedPerson'] },
    beneficiary: { targets: ['Patient'] },
    payor: { targets: ['Organization', 'Patient', 'RelatedPerson'] },
  },
} as const satisfies ProfileRules;
