import type { FhirResource } from 'fhir/r4.js';
import { concept } from '../terminology/coding.js';
import { OP_CONSULT_RECORD, OP_CONSULT_SECTIONS as SECTIONS } from '../validation/profiles/op-consult-record.js';
import { section } from './document-bundle.js';
import type { Label, Told } from './narrative.js';
import type { RecordBuilder } from './record-draft.js';
import {
  allergies,
  complaints,
  diagnoses,
  followUps,
  investigationsOrdered,
  medications,
  referrals,
  remarks,
  vitalSigns,
} from './told.js';

/**
 * NRCeS OPConsultRecord: the document a patient sees after every OPD visit.
 * A section with no entries is left out rather than sent empty.
 * Source: https://nrces.in/ndhm/fhir/r4/StructureDefinition/OPConsultRecord
 */
export const opConsultNote: RecordBuilder = (visit, frame) => [
  {
    part: '',
    profile: OP_CONSULT_RECORD.url,
    type: concept(OP_CONSULT_RECORD.elements.type.coding.exactly, 'Clinical consultation report'),
    title: 'Consultation Report',
    at: visit.registeredAt,
    sections: [
      told(SECTIONS.chiefComplaints, { en: 'Chief complaints', hi: 'मुख्य शिकायतें' }, complaints(visit, frame)),
      told(SECTIONS.physicalExamination, { en: 'Physical examination', hi: 'शारीरिक जाँच' }, vitalSigns(visit, frame)),
      told(SECTIONS.allergies, { en: 'Allergies', hi: 'एलर्जी' }, allergies(visit, frame)),
      // The profile has no section of its own for today's diagnosis; this one takes conditions.
      told(SECTIONS.medicalHistory, { en: 'Diagnosis', hi: 'निदान' }, diagnoses(visit, frame)),
      told(
        SECTIONS.investigationAdvice,
        { en: 'Tests ordered', hi: 'लिखी गई जाँचें' },
        investigationsOrdered(visit, frame),
      ),
      told(SECTIONS.medications, { en: 'Medicines', hi: 'दवाइयाँ' }, medications(visit, frame)),
      told(SECTIONS.followUp, { en: 'Next visit', hi: 'अगली भेंट' }, followUps(visit, frame)),
      told(SECTIONS.referral, { en: 'Referral', hi: 'रेफर' }, referrals(visit, frame)),
      told(SECTIONS.otherObservations, { en: 'Advice and remarks', hi: 'सलाह' }, remarks(visit, frame)),
    ],
  },
];

function told(
  { code }: (typeof SECTIONS)[keyof typeof SECTIONS],
  title: Label,
  what: Told<FhirResource>,
): ReturnType<typeof section> {
  return section(code, title, what);
}
