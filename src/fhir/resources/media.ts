import type { Media } from 'fhir/r4.js';
import type { ScannedDocument } from '../../ports/visit.js';
import { PROFILES } from '../terminology/profiles.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/** A picture with its bytes inside, as ABDM has no way to fetch them later. */
export function media(id: string, from: ScannedDocument, takenAt: string | undefined, of: VisitParts): Media {
  return {
    resourceType: 'Media',
    id,
    meta: { profile: [PROFILES.media] },
    status: 'completed',
    subject: ref(of.patient),
    encounter: ref(of.encounter),
    createdDateTime: takenAt,
    content: { contentType: from.mime.toLowerCase(), data: from.dataBase64, title: from.name },
  };
}
