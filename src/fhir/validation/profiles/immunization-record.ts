import { CODE_SYSTEMS } from '../../terminology/systems.js';
import { PROFILES } from '../../terminology/profiles.js';
import { COMPOSITION_ELEMENTS } from './composition.js';
import type { ProfileRules, SingleSection } from './profile-rules.js';

const IMMUNIZATION = { system: CODE_SYSTEMS.snomed, code: '41000179103', display: 'Immunization record' };

export const IMMUNIZATION_SECTION = {
  code: IMMUNIZATION,
  entryTypes: {
    Immunization: { targets: ['Immunization'] },
    ImmunizationRecommendation: { max: 1, targets: ['ImmunizationRecommendation'] },
    DocumentReference: { targets: ['DocumentReference'] },
  },
} as const satisfies SingleSection;

export const IMMUNIZATION_RECORD = {
  url: PROFILES.immunizationRecord,
  resourceType: 'Composition',
  elements: {
    ...COMPOSITION_ELEMENTS,
    type: { coding: { exactly: IMMUNIZATION, required: true, max: 1 } },
    section: { min: 1, max: 1 },
    'section.entry': { min: 1 },
  },
  sections: { only: IMMUNIZATION_SECTION },
} as const satisfies ProfileRules;
