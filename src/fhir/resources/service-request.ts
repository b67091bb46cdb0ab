import type { ServiceRequest } from 'fhir/r4.js';
import { concept, snomed, words } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/** The patient is sent on to another hospital, known by name only. */
export function referral(id: string, referredTo: string, of: VisitParts): ServiceRequest {
  return {
    resourceType: 'ServiceRequest',
    id,
    meta: { profile: [PROFILES.serviceRequest] },
    status: 'active',
    intent: 'order',
    code: concept(snomed('306206005', 'Referral to service'), `Referral to ${referredTo}`),
    subject: ref(of.patient),
    encounter: ref(of.encounter),
    authoredOn: of.at,
    requester: ref(of.author),
    performer: [{ display: referredTo }],
  };
}

/** A test the doctor asked for, in the hospital's words. */
export function investigation(id: string, test: string, of: VisitParts): ServiceRequest {
  return {
    resourceType: 'ServiceRequest',
    id,
    meta: { profile: [PROFILES.serviceRequest] },
    status: 'active',
    intent: 'order',
    code: words(test),
    subject: ref(of.patient),
    encounter: ref(of.encounter),
    authoredOn: of.at,
    requester: ref(of.author),
  };
}
