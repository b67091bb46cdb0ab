import { PROFILES } from '../../terminology/profiles.js';
import { COMPOSITION_ELEMENTS } from './composition.js';
import type { ProfileRules, TargetName, TitledSection } from './profile-rules.js';

/** In the profile's order. No section code is profiled: the title, letter by letter, says which section it is. */
export const WELLNESS_SECTIONS = {
  vitalSigns: titled('Vital Signs', ['ObservationVitalSigns']),
  bodyMeasurement: titled('Body Measurement', ['ObservationBodyMeasurement']),
  physicalActivity: titled('Physical Activity', ['ObservationPhysicalActivity']),
  generalAssessment: titled('General Assessment', ['ObservationGeneralAssessment']),
  womenHealth: titled('Women Health', ['ObservationWomenHealth']),
  lifestyle: titled('Lifestyle', ['ObservationLifestyle']),
  otherObservations: titled('Other Observations', ['Observation', 'Condition']),
  documentReference: titled('Document Reference', ['DocumentReference']),
} as const satisfies Record<string, TitledSection>;

/** Has no type code: receivers know it by its profile or its type's text. */
export const WELLNESS_RECORD = {
  url: PROFILES.wellnessRecord,
  resourceType: 'Composition',
  elements: {
    ...COMPOSITION_ELEMENTS,
    'type.text': { fixed: 'Wellness Record' },
    section: { min: 1 },
  },
  sections: { titled: WELLNESS_SECTIONS },
} as const satisfies ProfileRules;

function titled(title: string, targets: readonly TargetName[]): TitledSection {
  return { title, targets };
}
