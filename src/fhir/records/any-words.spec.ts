import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { A_PLACE } from '../../../test/makers/records.js';
import { aBillLine, aDocument, aVisit, anImmunization } from '../../../test/makers/visit.js';
import { createDefaultValidator } from '../validation/index.js';
import { buildRecords } from './index.js';

/** A visit that says the same words in every place of its vaccines, scans, bills and measurements. */
const aVisitSaying = (words: string) =>
  aVisit({
    vitals: aVisit().vitals.map(({ kind }) => ({
      kind,
      text: words,
      value: undefined,
      secondValue: undefined,
      unit: undefined,
    })),
    immunizations: [
      anImmunization({ vaccine: words, doseNumber: words, batch: words, site: words, nextDueOn: '2025-09-09' }),
      anImmunization({ vaccine: words, doseNumber: undefined }),
    ],
    documents: [aDocument({ name: words, type: words, mime: words }), aDocument({ name: words })],
    bills: [aBillLine({ number: words, head: words, mode: words }), aBillLine({ number: words, head: words })],
  });
const recordsSaying = (words: string) => buildRecords(aVisitSaying(words), A_PLACE).records;
const errorsIn = (bundle: unknown) =>
  createDefaultValidator()
    .validate(bundle)
    .filter(({ severity }) => severity === 'error');
const divsOf = (json: string) => [...json.matchAll(/"div":"((?:[^"\\]|\\.)*)"/g)].map((found) => found[1] ?? '');

describe('whatever the hospital typed', () => {
  it('every record is made', () => {
    expect(new Set(recordsSaying('x').map(({ hiType }) => hiType))).toEqual(
      new Set([
        'OPConsultation',
        'Prescription',
        'ImmunizationRecord',
        'HealthDocumentRecord',
        'WellnessRecord',
        'Invoice',
      ]),
    );
  });

  it('is shown as words, not as markup', () => {
    const attack = '</li></ul><script>alert("x")</script> & <b onclick=\'x\'>';
    for (const { bundle, json } of recordsSaying(attack)) {
      expect(errorsIn(bundle)).toEqual([]);
      expect(divsOf(json).join('')).not.toMatch(/<script|<b onclick/);
    }
  });

  it('makes valid documents with ids of their own', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom('👩🏽‍⚕️', 'आ', '\u0000', '०', '-', ' '),
    );
    fc.assert(
      fc.property(words, (typed) => {
        const records = recordsSaying(typed);
        // Unprintable characters, which hospital/ takes out, are a warning.
        for (const { bundle } of records) expect(errorsIn(bundle)).toEqual([]);
        expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
      }),
      { numRuns: 20 },
    );
  });

  it('makes the same bytes again', () => {
    const visit = aVisitSaying('OPV-1');
    const bytes = () => buildRecords(visit, A_PLACE).records.map(({ json }) => json);
    expect(bytes()).toEqual(bytes());
  });
});
