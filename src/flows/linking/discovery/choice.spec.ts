import { describe, expect, it } from '@jest/globals';
import { chosenAmong } from './choice.js';
import type { OfferNow } from './discoveries.js';

const anOffer = (changes: Partial<OfferNow> = {}): OfferNow => ({
  careContextId: 'context-1',
  patientReference: 'UH1',
  reference: 'OPD/26/1',
  display: 'OPD visit on 12-Aug-2025',
  hiTypes: ['OPConsultation', 'Prescription'],
  isLinked: false,
  hasRecords: true,
  ...changes,
});

const anEntry = (references: readonly string[], { patient = 'UH1', hiType = 'OPConsultation' } = {}) => ({
  referenceNumber: patient,
  careContexts: references.map((referenceNumber) => ({ referenceNumber })),
  hiType,
});

const offers = [anOffer(), anOffer({ careContextId: 'context-2', reference: 'OPD/26/2', hiTypes: ['Prescription'] })];

describe('A choice among what was offered', () => {
  it('is each care context once, with the record types chosen of it', () => {
    const chosen = chosenAmong(offers, [
      anEntry(['OPD/26/1', 'OPD/26/1']),
      anEntry(['OPD/26/1'], { hiType: 'Prescription' }),
    ]);
    expect(chosen).toMatchObject([{ careContextId: 'context-1', hiTypes: ['OPConsultation', 'Prescription'] }]);
    expect(chosen).toHaveLength(1);
  });

  it.each([
    ['nothing is chosen', offers, [], 'care-context-not-offered'],
    ['an entry is empty', offers, [anEntry([])], 'care-context-not-offered'],
    ['one of them was not offered', offers, [anEntry(['OPD/26/1', 'OPD/26/9'])], 'care-context-not-offered'],
    ['the record type was not offered', offers, [anEntry(['OPD/26/2'])], 'care-context-not-offered'],
    ['the patient number is another', offers, [anEntry(['OPD/26/1'], { patient: 'UH2' })], 'patient-not-offered'],
    ['one is linked by now', [anOffer({ isLinked: true })], [anEntry(['OPD/26/1'])], 'already-linked'],
    [
      'one has no records any more',
      [anOffer({ hasRecords: false })],
      [anEntry(['OPD/26/1'])],
      'care-context-not-offered',
    ],
  ])('is refused whole when %s', (_, offered, entries, refusal) => {
    expect(chosenAmong(offered, entries)).toBe(refusal);
  });
});
