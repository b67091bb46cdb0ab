import type { VitalKind } from '../../ports/visit.js';
import { words } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import { WELLNESS_RECORD, WELLNESS_SECTIONS } from '../validation/profiles/wellness-record.js';
import { section } from './document-bundle.js';
import type { RecordBuilder } from './record-draft.js';
import { measurements } from './told.js';

/** In the order of the profile. */
const PARTS = [
  { part: 'vitalSigns', hi: 'नाड़ी, रक्तचाप और अन्य जीवन-संकेत', profile: PROFILES.observationVitalSigns },
  { part: 'bodyMeasurement', hi: 'शरीर का माप', profile: PROFILES.observationBodyMeasurement },
] as const;

const PART_OF: Readonly<Record<VitalKind, (typeof PARTS)[number]['part']>> = {
  'blood-pressure': 'vitalSigns',
  pulse: 'vitalSigns',
  temperature: 'vitalSigns',
  'oxygen-saturation': 'vitalSigns',
  'respiratory-rate': 'vitalSigns',
  weight: 'bodyMeasurement',
  height: 'bodyMeasurement',
};

/**
 * NRCeS WellnessRecord: what was measured at the visit. Its sections are known by their titles, and its document type
 * by text only.
 * Source: https://nrces.in/ndhm/fhir/r4/StructureDefinition/WellnessRecord
 */
export const wellnessRecord: RecordBuilder = (visit, frame) => {
  if (visit.vitals.length === 0) return [];
  return [
    {
      part: '',
      profile: WELLNESS_RECORD.url,
      type: words(WELLNESS_RECORD.elements['type.text'].fixed),
      title: 'Wellness record',
      at: visit.registeredAt,
      sections: PARTS.map(({ part, hi, profile }) => {
        const vitals = visit.vitals.filter(({ kind }) => PART_OF[kind] === part);
        return section(undefined, { en: WELLNESS_SECTIONS[part].title, hi }, measurements(vitals, frame, profile));
      }),
    },
  ];
};
