import { CODE_SYSTEMS } from '../../terminology/systems.js';
import { PROFILES } from '../../terminology/profiles.js';
import { COMPOSITION_ELEMENTS } from './composition.js';
import type { ProfileRules, SingleSection } from './profile-rules.js';

const ARTIFACT = { system: CODE_SYSTEMS.snomed, code: '419891008', display: 'Record artifact' };

export const HEALTH_DOCUMENT_SECTION = {
  code: ARTIFACT,
  targets: ['DocumentReference'],
} as const satisfies SingleSection;

export const HEALTH_DOCUMENT_RECORD = {
  url: PROFILES.healthDocumentRecord,
  resourceType: 'Composition',
  elements: {
    ...COMPOSITION_ELEMENTS,
    'author.reference': { min: 1 },
    type: { coding: { exactly: ARTIFACT, required: true, max: 1 } },
    section: { min: 1, max: 1 },
    'section.entry': { min: 1 },
    'section.entry.reference': { min: 1 },
  },
  sections: { only: HEALTH_DOCUMENT_SECTION },
} as const satisfies ProfileRules;
