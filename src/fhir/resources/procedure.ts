import type { Procedure } from 'fhir/r4.js';
import type { Admission } from '../../ports/visit.js';
import { words } from '../terminology/coding.js';
import { isNotDone, isPlanned } from '../terminology/not-done.js';
import { PROFILES } from '../terminology/profiles.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/** What was done during a stay, or was to be, as far as its words say. It goes as text: no table of ours knows procedures. */
export function procedure(id: string, from: Admission['procedures'][number], of: VisitParts): Procedure {
  return {
    resourceType: 'Procedure',
    id,
    meta: { profile: [PROFILES.procedure] },
    status: isNotDone(from.text) ? 'not-done' : isPlanned(from.text) ? 'preparation' : 'completed',
    code: words(from.text),
    subject: ref(of.patient),
    encounter: ref(of.encounter),
    performedDateTime: from.performedOn,
    recorder: ref(of.author),
  };
}
