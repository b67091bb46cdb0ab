import { describe, expect, it } from '@jest/globals';
import { A_PLACE, resourcesOf } from '../../../test/makers/records.js';
import { aDocument, aVisit } from '../../../test/makers/visit.js';
import type { ScannedDocument } from '../../ports/visit.js';
import { createDefaultValidator } from '../validation/index.js';
import { buildRecords } from './index.js';

const recordsOf = (...documents: readonly ScannedDocument[]) =>
  buildRecords(aVisit({ documents }), A_PLACE).records.filter(({ hiType }) => hiType === 'HealthDocumentRecord');
const scanOf = (document: ScannedDocument) => {
  const [record] = recordsOf(document);
  expect(createDefaultValidator().validate(record!.bundle)).toEqual([]);
  return resourcesOf(record!.bundle, 'DocumentReference')[0]!;
};

describe('a health document record', () => {
  it('is a document of its own for each scan', () => {
    const records = recordsOf(aDocument(), aDocument({ name: 'X-ray.jpg', mime: 'image/jpeg', dataBase64: '/9j/' }));
    expect(records.map(({ bundle }) => resourcesOf(bundle, 'Composition')[0]!.title)).toEqual([
      'OPD slip.pdf',
      'X-ray.jpg',
    ]);
    for (const { bundle } of records) {
      expect(resourcesOf(bundle, 'DocumentReference')).toHaveLength(1);
      expect(createDefaultValidator().validate(bundle)).toEqual([]);
    }
    expect(new Set(records.map(({ id }) => id)).size).toBe(2);
  });

  it('carries the bytes, their type, size and hash', () => {
    expect(scanOf(aDocument())).toMatchObject({
      type: { text: 'OPD SLIP' },
      content: [
        {
          attachment: {
            contentType: 'application/pdf',
            data: 'JVBERi0xLjQK',
            size: 9,
            hash: 'lWB7AtSKeGy3hol9cnEU/HmBSx4=',
            title: 'OPD slip.pdf',
          },
        },
      ],
    });
  });

  it.each([
    ['AA==', 1],
    ['AAA=', 2],
    ['AAAA', 3],
  ])('counts bytes, not letters: %s', (dataBase64, size) => {
    expect(scanOf(aDocument({ dataBase64 })).content[0]!.attachment.size).toBe(size);
  });

  it('is not made of a document without bytes', () => {
    expect(recordsOf(aDocument({ dataBase64: '' }))).toEqual([]);
  });

  it('calls bytes of an unknown kind bytes, and keeps the hospital’s word for them', () => {
    const { contentType, title } = scanOf(aDocument({ mime: 'PDF file' })).content[0]!.attachment;
    expect([contentType, title]).toEqual(['application/octet-stream', 'OPD slip.pdf (PDF file)']);
  });

  it('tells two scans of one name apart, and stays the same record when it is scanned again', () => {
    const [first, second] = recordsOf(aDocument(), aDocument({ dataBase64: 'AAAA' }));
    expect(first!.id).not.toBe(second!.id);
    const [again] = recordsOf(aDocument({ dataBase64: 'BBBB' }));
    expect(again!.id).toBe(first!.id);
    expect(again!.bundle.identifier!.value).not.toBe(first!.bundle.identifier!.value);
  });

  it('stays the same record when another scan is taken back', () => {
    const [, second] = recordsOf(aDocument({ name: 'a' }), aDocument({ name: 'b' }));
    expect(recordsOf(aDocument({ name: 'b' }))[0]!.id).toBe(second!.id);
  });

  it('keeps a file’s name, which may be a patient’s, out of identifiers', () => {
    const [record] = recordsOf(aDocument({ name: 'SOMEBODY xray.pdf' }));
    const { identifier } = resourcesOf(record!.bundle, 'Composition')[0]!;
    expect(JSON.stringify([identifier, record!.bundle.identifier])).not.toContain('SOMEBODY');
  });

  it('is built in a moment, also of fifteen megabytes', () => {
    const dataBase64 = 'JVBERi0x'.repeat((15 * 1024 * 1024) / 6);
    const visit = aVisit({ documents: [aDocument({ dataBase64 })], vitals: [], prescriptions: [] });
    const start = performance.now();
    const record = buildRecords(visit, A_PLACE).records.find(({ hiType }) => hiType === 'HealthDocumentRecord');
    const took = performance.now() - start;
    expect(record!.json.length).toBeGreaterThan(dataBase64.length);
    // Measured under 350 ms; this only notices work that grows with the square.
    expect(took).toBeLessThan(15_000);
    expect(createDefaultValidator().validate(record!.bundle)).toEqual([]);
  });
});
