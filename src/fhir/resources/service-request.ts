import type { CodeableConcept, ServiceRequest } from 'fhir/r4.js';
import { concept, snomed, words } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/** The patient is sent on to another hospital, known by name only. */
export function referral(id: string, referredTo: string, of: VisitParts): ServiceRequest {
  const what = concept(snomed('306206005', 'Referral to service'), `Referral to ${referredTo}`);
  return { ...order(id, what, of), performer: [{ display: referredTo }] };
}

/** A test the doctor asked for, in the hospital's words. It is done with once its report is authorised. */
export function investigation(
  id: string,
  { test, isReported }: { readonly test: string; readonly isReported: boolean },
  of: VisitParts,
): ServiceRequest {
  return { ...order(id, words(test), of), status: isReported ? 'completed' : 'active' };
}

function order(id: string, code: CodeableConcept, of: VisitParts): ServiceRequest {
  return {
    resourceType: 'ServiceRequest',
    id,
    meta: { profile: [PROFILES.serviceRequest] },
    status: 'active',
    intent: 'order',
    code,
    subject: ref(of.patient),
    encounter: ref(of.encounter),
    authoredOn: of.at,
    requester: ref(of.author),
  };
}
