import type { ElementRule, TargetName } from './profile-rules.js';

const PEOPLE = ['Patient', 'Practitioner', 'PractitionerRole', 'Organization', 'RelatedPerson'] as const;

/** Who may have written a record or a section of it. */
export const AUTHORS = [...PEOPLE, 'Device'] as const satisfies readonly TargetName[];

/** What all eight records ask of their Composition. */
export const COMPOSITION_ELEMENTS = {
  subject: { min: 1, targets: ['Patient'] },
  'subject.reference': { min: 1 },
  encounter: { targets: ['Encounter'] },
  author: { targets: AUTHORS },
  'attester.party': { targets: PEOPLE },
  custodian: { targets: ['Organization'] },
} as const satisfies Record<string, ElementRule>;
