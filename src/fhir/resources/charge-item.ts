import type { ChargeItem } from 'fhir/r4.js';
import type { BillLine } from '../../ports/visit.js';
import { billedFor } from '../terminology/billing.js';
import { concept, words } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/** What a line of a bill is for. NRCeS wants a product too: the hospital's words, which is all that is known of it. */
export function chargeItem(id: string, { head }: BillLine, of: VisitParts): ChargeItem {
  return {
    resourceType: 'ChargeItem',
    id,
    meta: { profile: [PROFILES.chargeItem] },
    status: 'billed',
    code: concept(billedFor(head).charge, head),
    subject: ref(of.patient),
    context: ref(of.encounter),
    occurrenceDateTime: of.at,
    performingOrganization: ref(of.hospital, of.hospital.name),
    quantity: { value: 1 },
    productCodeableConcept: words(head),
  };
}
