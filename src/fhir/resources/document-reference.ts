import { createHash } from 'node:crypto';
import type { Attachment, DocumentReference } from 'fhir/r4.js';
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
    content: [{ attachment: attachment(from) }],
    context: { encounter: [ref(of.encounter)] },
  };
}

/** Bytes in a document of so many base64 characters. */
export function sizeInBytes(dataBase64: string): number {
  const padding = dataBase64.endsWith('==') ? 2 : dataBase64.endsWith('=') ? 1 : 0;
  return Math.max(0, Math.floor((dataBase64.length * 3) / 4) - padding);
}

function attachment({ mime, dataBase64, name }: ScannedDocument): Attachment {
  const isMimeType = /^[\w.+-]+\/[\w.+-]+$/.test(mime);
  return {
    contentType: isMimeType ? mime.toLowerCase() : 'application/octet-stream',
    data: dataBase64,
    size: sizeInBytes(dataBase64),
    // SHA-1 of the bytes, because R4 says so; about 10 ms for fifteen megabytes.
    hash: createHash('sha1').update(dataBase64, 'base64').digest('base64'),
    // A kind that is no MIME type ("PDF") helps a person all the same.
    title: isMimeType || mime === '' ? name : `${name} (${mime})`,
  };
}
