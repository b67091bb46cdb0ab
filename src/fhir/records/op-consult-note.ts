import type {
  AllergyIntolerance,
  Appointment,
  Bundle,
  Condition,
  DocumentReference,
  FhirResource,
  MedicationRequest,
  Observation,
  ServiceRequest,
} from 'fhir/r4.js';
import type { VisitParts } from '../resources/parts.js';
import { ref } from '../resources/reference.js';
import { concept } from '../terminology/coding.js';
import { OP_CONSULT_RECORD, OP_CONSULT_SECTIONS as SECTIONS } from '../validation/profiles/op-consult-record.js';
import { documentBundle, section } from './document-bundle.js';
import type { Envelope } from './document-bundle.js';
import { tableNarrative } from './narrative.js';
import type { Label, Line, Told } from './narrative.js';

export interface OpConsultNote {
  /** Composition id, a UUID. The same visit always gets the same id, so a resend is a replacement. */
  readonly id: string;
  readonly identifier: { readonly system: string; readonly value: string };
  readonly envelope: Envelope;
  readonly parts: VisitParts;
  readonly head: readonly (readonly [Label, Line | undefined])[];
  readonly complaints: Told<Condition>;
  readonly vitals: Told<Observation>;
  readonly allergies: Told<AllergyIntolerance>;
  readonly diagnoses: Told<Condition>;
  readonly medications: Told<MedicationRequest>;
  readonly followUps: Told<Appointment>;
  readonly referrals: Told<ServiceRequest>;
  /** What the doctor said that fits no other section. */
  readonly remarks: Told<Observation>;
  readonly documents: Told<DocumentReference>;
}

const TITLE = 'Consultation Report';

/**
 * NRCeS OPConsultRecord: the document a patient sees after an OPD visit.
 * A section with no entries is left out rather than sent empty.
 * Source: https://nrces.in/ndhm/fhir/r4/StructureDefinition/OPConsultRecord
 */
export function opConsultNote(note: OpConsultNote): Bundle {
  const { patient, author, hospital, encounter, at } = note.parts;
  return documentBundle(
    note.envelope,
    {
      id: note.id,
      meta: { profile: [OP_CONSULT_RECORD.url] },
      language: 'en-IN',
      text: tableNarrative(note.head),
      identifier: note.identifier,
      status: 'final',
      type: concept(OP_CONSULT_RECORD.elements.type.coding.exactly, 'Clinical consultation report'),
      subject: ref(patient),
      encounter: ref(encounter),
      date: at,
      author: [ref(author)],
      title: TITLE,
      custodian: ref(hospital, hospital.name),
    },
    [
      told(SECTIONS.chiefComplaints, { en: 'Chief complaints', hi: 'मुख्य शिकायतें' }, note.complaints),
      told(SECTIONS.physicalExamination, { en: 'Physical examination', hi: 'शारीरिक जाँच' }, note.vitals),
      told(SECTIONS.allergies, { en: 'Allergies', hi: 'एलर्जी' }, note.allergies),
      // The profile has no section of its own for today's diagnosis; this one takes conditions.
      told(SECTIONS.medicalHistory, { en: 'Diagnosis', hi: 'निदान' }, note.diagnoses),
      told(SECTIONS.medications, { en: 'Medicines', hi: 'दवाइयाँ' }, note.medications),
      told(SECTIONS.followUp, { en: 'Next visit', hi: 'अगली भेंट' }, note.followUps),
      told(SECTIONS.referral, { en: 'Referral', hi: 'रेफर' }, note.referrals),
      told(SECTIONS.otherObservations, { en: 'Advice and remarks', hi: 'सलाह' }, note.remarks),
      told(SECTIONS.documentReference, { en: 'Documents', hi: 'दस्तावेज़' }, note.documents),
    ],
    [patient, author, hospital, encounter],
  );
}

function told(
  { code }: (typeof SECTIONS)[keyof typeof SECTIONS],
  title: Label,
  { resources, lines }: Told<FhirResource>,
): ReturnType<typeof section> {
  return section(code, title, resources, lines);
}
