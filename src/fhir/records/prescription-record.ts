import { concept } from '../terminology/coding.js';
import { PRESCRIPTION_RECORD, PRESCRIPTION_SECTION } from '../validation/profiles/prescription-record.js';
import { section } from './document-bundle.js';
import type { RecordBuilder } from './record-draft.js';
import { medications } from './told.js';

/**
 * NRCeS PrescriptionRecord: the medicines of one visit. Exactly one section, whose entries carry their type.
 * Source: https://nrces.in/ndhm/fhir/r4/StructureDefinition/PrescriptionRecord
 */
export const prescriptionRecord: RecordBuilder = (visit, frame) => {
  if (visit.prescriptions.length === 0) return [];
  return [
    {
      part: '',
      profile: PRESCRIPTION_RECORD.url,
      type: concept(PRESCRIPTION_RECORD.elements.type.coding.exactly, 'Prescription record'),
      title: 'Prescription record',
      at: visit.registeredAt,
      sections: [
        section(PRESCRIPTION_SECTION.code, { en: 'Prescription record', hi: 'दवा पर्ची' }, medications(visit, frame)),
      ],
    },
  ];
};
