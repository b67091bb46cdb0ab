import type { DocumentReference } from 'fhir/r4.js';
import type { ScannedDocument } from '../../ports/visit.js';
import { words } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/** A scanned slip with its bytes inside, as ABDM has no way to fetch them later. */
export function scannedDocument(id: string, from: ScannedDocument, of: VisitParts): DocumentReference {
  return {
    resourceType: 'DocumentReference',
    id,
    meta: { profile: [PROFILES.documentReference] },
    status: 'current',
    docStatus: 'final',
    type: words(from.type ?? from.name),
    subject: ref(of.patient),
    date: of.at,
    author: [ref(of.author)],
    content: [{ attachment: { contentType: from.mime, data: from.dataBase64, title: from.name } }],
    context: { encounter: [ref(of.encounter)] },
  };
}
