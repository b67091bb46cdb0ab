import type { ElementRule } from './profile-rules.js';

/** What all eight records ask of their Composition. */
export const COMPOSITION_ELEMENTS = {
  subject: { min: 1, targets: ['Patient'] },
  'subject.reference': { min: 1 },
  encounter: { targets: ['Encounter'] },
  author: {
    targets: ['Practitioner', 'PractitionerRole', 'Organization', 'Patient', 'Device', 'RelatedPerson'],
  },
  'author.reference': { min: 1 },
  custodian: { targets: ['Organization'] },
} as const satisfies Record<string, ElementRule>;
