import { PROFILES } from '../../terminology/profiles.js';
import { COMPOSITION_ELEMENTS } from './composition.js';
import type { ProfileRules, SingleSection } from './profile-rules.js';

/** One bill a record. */
export const INVOICE_SECTION = {
  targets: ['Invoice'],
  entryTypes: { Invoice: { max: 1 } },
} as const satisfies SingleSection;

/** Has no type code: receivers know it by its profile or its type's text. */
export const INVOICE_RECORD = {
  url: PROFILES.invoiceRecord,
  resourceType: 'Composition',
  elements: {
    ...COMPOSITION_ELEMENTS,
    'author.reference': { min: 1 },
    'type.text': { fixed: 'Invoice Record' },
    section: { min: 1, max: 1 },
    'section.entry': { min: 1 },
  },
  sections: { only: INVOICE_SECTION },
} as const satisfies ProfileRules;
