import type { DocumentReference } from 'fhir/r4.js';
import type { ScannedDocument } from '../../ports/visit.js';
import { scannedDocument, sizeInBytes } from '../resources/document-reference.js';
import { concept } from '../terminology/coding.js';
import { HEALTH_DOCUMENT_RECORD, HEALTH_DOCUMENT_SECTION } from '../validation/profiles/health-document-record.js';
import { section } from './document-bundle.js';
import type { Line } from './narrative.js';
import type { RecordBuilder } from './record-draft.js';
import { toldApart } from './told-apart.js';

/**
 * NRCeS HealthDocumentRecord: one for each scan, so that a patient can share one and keep another back, and a push of
 * fifteen megabytes is not a push of sixty.
 * Source: https://nrces.in/ndhm/fhir/r4/StructureDefinition/HealthDocumentRecord
 */
export const healthDocumentRecord: RecordBuilder = (visit, frame) =>
  toldApart(visit.documents, ({ name }) => name)
    .filter(({ item }) => item.dataBase64 !== '')
    .map(({ item, key }) => {
      const id = frame.idOf('scan', ...key);
      const resource: DocumentReference = scannedDocument(id, item, frame.parts);
      return {
        // Not the name: a file is often called after its patient, and the part stands in identifiers.
        part: id,
        profile: HEALTH_DOCUMENT_RECORD.url,
        type: concept(HEALTH_DOCUMENT_RECORD.elements.type.coding.exactly, 'Health document'),
        title: item.name,
        at: visit.registeredAt,
        sections: [
          section(
            HEALTH_DOCUMENT_SECTION.code,
            { en: 'Document', hi: 'दस्तावेज़' },
            { resources: [resource], lines: [line(item)] },
          ),
        ],
      };
    });

function line({ name, type, mime, dataBase64 }: ScannedDocument): Line {
  const kilobytes = Math.ceil(sizeInBytes(dataBase64) / 1024);
  return {
    text: name,
    details: [
      [{ en: 'Kind', hi: 'प्रकार' }, type === undefined ? undefined : { text: type }],
      [{ en: 'File', hi: 'फ़ाइल' }, { text: `${mime}, ${kilobytes} KB` }],
    ],
  };
}
