import type { CarePlan } from 'fhir/r4.js';
import { PROFILES } from '../terminology/profiles.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/**
 * What is to happen after a stay. `active`: the stay is over, but what the patient is to do at home begins with the
 * discharge, and nobody tells us when it ends.
 * @param description what the patient is to do; `notes` are what the next doctor should know
 */
export function dischargePlan(
  id: string,
  { description, notes }: { readonly description: string | undefined; readonly notes: readonly string[] },
  dischargedAt: string,
  of: VisitParts,
): CarePlan {
  return {
    resourceType: 'CarePlan',
    id,
    meta: { profile: [PROFILES.carePlan] },
    status: 'active',
    intent: 'plan',
    title: 'Care after discharge',
    description,
    subject: ref(of.patient),
    encounter: ref(of.encounter),
    period: { start: dischargedAt },
    author: ref(of.author),
    note: notes.map((text) => ({ text })),
  };
}
