import type { Bundle, MedicationRequest } from 'fhir/r4.js';
import type { VisitParts } from '../resources/parts.js';
import { ref } from '../resources/reference.js';
import { concept } from '../terminology/coding.js';
import { PRESCRIPTION_RECORD, PRESCRIPTION_SECTION } from '../validation/profiles/prescription-record.js';
import { documentBundle, section } from './document-bundle.js';
import type { Envelope } from './document-bundle.js';
import { tableNarrative } from './narrative.js';
import type { Label, Line, Told } from './narrative.js';

export interface PrescriptionNote {
  /** Composition id, a UUID. The same visit always gets the same id, so a resend is a replacement. */
  readonly id: string;
  readonly identifier: { readonly system: string; readonly value: string };
  readonly envelope: Envelope;
  readonly parts: VisitParts;
  readonly head: readonly (readonly [Label, Line | undefined])[];
  readonly medications: Told<MedicationRequest>;
}

/**
 * NRCeS PrescriptionRecord: the medicines of one visit. Exactly one section, whose entries carry their type.
 * Source: https://nrces.in/ndhm/fhir/r4/StructureDefinition/PrescriptionRecord
 */
export function prescriptionRecord(note: PrescriptionNote): Bundle {
  const { patient, author, hospital, encounter, at } = note.parts;
  const { resources, lines } = note.medications;
  return documentBundle(
    note.envelope,
    {
      id: note.id,
      meta: { profile: [PRESCRIPTION_RECORD.url] },
      language: 'en-IN',
      text: tableNarrative(note.head),
      identifier: note.identifier,
      status: 'final',
      type: concept(PRESCRIPTION_RECORD.elements.type.coding.exactly, 'Prescription record'),
      subject: ref(patient),
      encounter: ref(encounter),
      date: at,
      author: [ref(author)],
      title: 'Prescription record',
      custodian: ref(hospital, hospital.name),
    },
    [section(PRESCRIPTION_SECTION.code, { en: 'Prescription record', hi: 'दवा पर्ची' }, resources, lines)],
    [patient, author, hospital, encounter],
  );
}
