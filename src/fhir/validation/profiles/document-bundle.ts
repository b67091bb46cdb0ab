import { PROFILES } from '../../terminology/profiles.js';
import type { ProfileRules } from './profile-rules.js';

/** The envelope of every ABDM document. */
export const DOCUMENT_BUNDLE = {
  url: PROFILES.documentBundle,
  resourceType: 'Bundle',
  elements: {
    meta: { min: 1 },
    'meta.versionId': { min: 1 },
    identifier: { min: 1 },
    'identifier.system': { min: 1 },
    'identifier.value': { min: 1 },
    'identifier.assigner': { targets: ['Organization'] },
    type: { min: 1, fixed: 'document' },
    timestamp: { min: 1 },
  },
} as const satisfies ProfileRules;
