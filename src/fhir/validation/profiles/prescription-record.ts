import { CODE_SYSTEMS } from '../../terminology/systems.js';
import { PROFILES } from '../../terminology/profiles.js';
import { COMPOSITION_ELEMENTS } from './composition.js';
import type { ProfileRules, SingleSection } from './profile-rules.js';

const PRESCRIPTION = { system: CODE_SYSTEMS.snomed, code: '440545006', display: 'Prescription record' };

export const PRESCRIPTION_SECTION = {
  code: PRESCRIPTION,
  targets: ['MedicationRequest', 'Binary'],
  entryTypes: { MedicationRequest: {}, Binary: { max: 1 } },
} as const satisfies SingleSection;

export const PRESCRIPTION_RECORD = {
  url: PROFILES.prescriptionRecord,
  resourceType: 'Composition',
  elements: {
    ...COMPOSITION_ELEMENTS,
    'author.reference': { min: 1 },
    type: { coding: { exactly: PRESCRIPTION, required: true, max: 1, mayLackSystem: true } },
    section: { min: 1, max: 1 },
    'section.entry': { min: 1 },
  },
  sections: { only: PRESCRIPTION_SECTION },
} as const satisfies ProfileRules;
