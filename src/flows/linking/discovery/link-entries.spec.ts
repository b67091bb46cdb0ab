import { describe, expect, it } from '@jest/globals';
import { linkEntries, type NamedContext } from './link-entries.js';

const aContext = (changes: Partial<NamedContext> = {}): NamedContext => ({
  patientReference: 'UH1',
  reference: 'OPD/26/1',
  display: 'OPD visit on 12-Aug-2025',
  hiTypes: ['OPConsultation'],
  ...changes,
});

describe('What ABDM is told of care contexts', () => {
  it('is one entry for each record type, counted', () => {
    const contexts = [
      aContext({ hiTypes: ['Prescription', 'OPConsultation'] }),
      aContext({ reference: 'OPD/26/2', hiTypes: ['Prescription'] }),
    ];
    expect(linkEntries('District Hospital', contexts)).toEqual([
      {
        referenceNumber: 'UH1',
        display: 'District Hospital',
        careContexts: [{ referenceNumber: 'OPD/26/1', display: 'OPD visit on 12-Aug-2025' }],
        hiType: 'OPConsultation',
        count: 1,
      },
      {
        referenceNumber: 'UH1',
        display: 'District Hospital',
        careContexts: [
          { referenceNumber: 'OPD/26/1', display: 'OPD visit on 12-Aug-2025' },
          { referenceNumber: 'OPD/26/2', display: 'OPD visit on 12-Aug-2025' },
        ],
        hiType: 'Prescription',
        count: 2,
      },
    ]);
  });

  it('keeps apart the numbers of a patient who has two', () => {
    const entries = linkEntries('District Hospital', [
      aContext(),
      aContext({ patientReference: 'UH2', reference: 'OPD/26/2' }),
    ]);
    expect(entries.map(({ referenceNumber, count }) => [referenceNumber, count])).toEqual([
      ['UH1', 1],
      ['UH2', 1],
    ]);
  });

  it('shows the hospital in letters that ABDM takes', () => {
    const [entry] = linkEntries('जिला अस्पताल & CHC', [aContext()]);
    expect(entry?.display).toMatch(/^[a-zA-Z0-9_\-@,. "':|()/]+$/);
  });
});
