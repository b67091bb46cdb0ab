import { describe, expect, it } from '@jest/globals';
import { wordsOfPage } from '../../../test/makers/foreign-document.js';
import { A_PLACE, NO_TERMINOLOGY, aRecord, resourcesOf } from '../../../test/makers/records.js';
import { aVisit, anImmunization } from '../../../test/makers/visit.js';
import type { ImmunizationGiven } from '../../ports/visit.js';
import { previewHtml } from '../preview/index.js';
import { createDefaultValidator } from '../validation/index.js';
import { buildRecords } from './index.js';

const recordOf = (...immunizations: readonly ImmunizationGiven[]) => {
  const { bundle } = aRecord('ImmunizationRecord', aVisit({ immunizations }));
  expect(createDefaultValidator().validate(bundle)).toEqual([]);
  return bundle;
};
const givenOf = (vaccine: ImmunizationGiven) => resourcesOf(recordOf(vaccine), 'Immunization')[0]!;

describe('an immunization record', () => {
  it('is one document of all vaccines, and of all days that are due', () => {
    const bundle = recordOf(
      anImmunization({ nextDueOn: '2025-09-09' }),
      anImmunization({ vaccine: 'OPV-1' }),
      anImmunization({ vaccine: 'Rotavirus 3', nextDueOn: '2025-10-10' }),
    );
    const [section] = resourcesOf(bundle, 'Composition')[0]!.section!;
    expect(section!.entry!.map(({ type }) => type)).toEqual([
      'Immunization',
      'Immunization',
      'Immunization',
      'ImmunizationRecommendation',
    ]);
    const [due] = resourcesOf(bundle, 'ImmunizationRecommendation');
    expect(due!.recommendation.map(({ dateCriterion }) => dateCriterion![0]!.value)).toEqual([
      '2025-09-09',
      '2025-10-10',
    ]);
    expect(due!.recommendation[0]).toMatchObject({
      forecastStatus: { coding: [{ code: 'due' }] },
      dateCriterion: [{ code: { coding: [{ system: 'http://loinc.org', code: '30980-7' }] } }],
      supportingImmunization: [{ reference: `urn:uuid:${resourcesOf(bundle, 'Immunization')[0]!.id!}` }],
    });
  });

  it('is not made when no vaccine was given', () => {
    const hiTypes = buildRecords(aVisit(), A_PLACE).records.map(({ hiType }) => hiType);
    expect(hiTypes).not.toContain('ImmunizationRecord');
  });

  it('asks for nobody’s return when no day is due', () => {
    expect(resourcesOf(recordOf(anImmunization()), 'ImmunizationRecommendation')).toEqual([]);
  });

  it('keeps batch, site, day and who gave it', () => {
    const bundle = recordOf(anImmunization());
    expect(resourcesOf(bundle, 'Immunization')[0]).toMatchObject({
      status: 'completed',
      vaccineCode: { text: 'BCG' },
      occurrenceDateTime: '2025-08-12',
      lotNumber: 'TEST-B1',
      site: { text: 'L thigh' },
      performer: [{ actor: { reference: `urn:uuid:${resourcesOf(bundle, 'Practitioner')[0]!.id!}` } }],
    });
  });

  it('codes vaccine and site where they are known, and keeps the hospital’s words', () => {
    const terminology = {
      ...NO_TERMINOLOGY,
      find: (kind: string) => ({ system: 'http://snomed.info/sct', code: '836398006', display: `A ${kind}` }),
    };
    const visit = aVisit({ immunizations: [anImmunization()] });
    const record = buildRecords(visit, { ...A_PLACE, terminology }).records.find(
      ({ hiType }) => hiType === 'ImmunizationRecord',
    );
    expect(createDefaultValidator().validate(record!.bundle)).toEqual([]);
    expect(resourcesOf(record!.bundle, 'Immunization')[0]).toMatchObject({
      vaccineCode: { coding: [{ display: 'A vaccine' }], text: 'BCG' },
      site: { coding: [{ display: 'A body-site' }], text: 'L thigh' },
    });
  });

  it('puts the visit’s day where the hospital wrote none, and says so', () => {
    const given = givenOf(anImmunization({ givenOn: undefined }));
    expect(given.occurrenceDateTime).toBe('2025-08-12');
    expect(given.note![0]!.text).toContain('no date');
  });

  it('does not say that this doctor gave what was given on another day', () => {
    const given = givenOf(anImmunization({ givenOn: '2025-07' }));
    expect(given).toMatchObject({ occurrenceDateTime: '2025-07' });
    expect(given).not.toHaveProperty('performer');
    expect(given).not.toHaveProperty('encounter');
  });

  it('names no vaccine as due: after BCG it is another one', () => {
    const [due] = resourcesOf(recordOf(anImmunization({ nextDueOn: '2025-09-09' })), 'ImmunizationRecommendation');
    expect(due!.recommendation[0]!.vaccineCode).toEqual([{ text: 'Next vaccination after BCG' }]);
  });

  it('stands with a vaccine’s name alone, also twice', () => {
    const bare = { doseNumber: undefined, batch: undefined, site: undefined, givenOn: undefined, nextDueOn: undefined };
    const bundle = recordOf({ vaccine: 'टीका', ...bare }, { vaccine: 'टीका', ...bare });
    expect(new Set(resourcesOf(bundle, 'Immunization').map(({ id }) => id)).size).toBe(2);
  });

  it('keeps each vaccine’s id when another one is taken back', () => {
    const both = resourcesOf(recordOf(anImmunization(), anImmunization({ vaccine: 'OPV-1' })), 'Immunization');
    expect(givenOf(anImmunization({ vaccine: 'OPV-1' })).id).toBe(both[1]!.id);
  });

  it('can be read in English and Hindi', () => {
    const { json } = aRecord(
      'ImmunizationRecord',
      aVisit({ immunizations: [anImmunization({ vaccine: 'पेंटा-2', doseNumber: undefined, nextDueOn: '2025-09-09' })] }),
    );
    for (const words of ['लगाए गए टीके', 'पेंटा-2', 'खुराक</span>: 2', '12-08-2025', '09-09-2025', 'TEST-B1', 'L thigh']) {
      expect(json).toContain(words);
    }
  });
});

describe('a vaccine that was not given', () => {
  it.each(['BCG not given', 'OPV refused', 'पेंटा नहीं दिया', 'MR - not done', 'DPT postponed', 'BCG contraindicated'])(
    '%s is said to be so, with no code, lot or day made up',
    (vaccine) => {
      const bundle = recordOf(anImmunization({ vaccine, batch: undefined, givenOn: undefined }));
      const [resource] = resourcesOf(bundle, 'Immunization');
      expect(resource).toMatchObject({ status: 'not-done', vaccineCode: { text: vaccine } });
      expect(resource!.vaccineCode.coding).toBeUndefined();
      for (const field of ['lotNumber', 'occurrenceDateTime', 'performer'] as const) {
        expect(resource![field]).toBeUndefined();
      }
      const told = resourcesOf(bundle, 'Composition')[0]!.section![0]!.text!.div;
      expect(told).toContain(`${vaccine}: not given / <span lang="hi">नहीं दिया गया</span>`);
      expect(wordsOfPage(previewHtml([bundle], 'hi'))).toContain('नहीं दिया गया');
      expect(wordsOfPage(previewHtml([bundle], 'en'))).toContain('not given');
    },
  );
});
