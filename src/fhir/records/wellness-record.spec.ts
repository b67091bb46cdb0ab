import { describe, expect, it } from '@jest/globals';
import { A_PLACE, aRecord, resourcesOf } from '../../../test/makers/records.js';
import { aVisit } from '../../../test/makers/visit.js';
import type { Vital } from '../../ports/visit.js';
import { createDefaultValidator } from '../validation/index.js';
import { buildRecords } from './index.js';

const wellnessOf = (vitals: readonly Vital[] = aVisit().vitals) => {
  const { bundle } = aRecord('WellnessRecord', aVisit({ vitals }));
  expect(issuesOf(bundle).filter(({ severity }) => severity === 'error')).toEqual([]);
  return bundle;
};
const issuesOf = (bundle: unknown) => createDefaultValidator().validate(bundle);
const words = (kind: Vital['kind'], text: string): Vital => ({
  kind,
  text,
  value: undefined,
  secondValue: undefined,
  unit: undefined,
});
const sectionsOf = (vitals?: readonly Vital[]) => resourcesOf(wellnessOf(vitals), 'Composition')[0]!.section!;

describe('a wellness record', () => {
  it('has vital signs and body measurements, by their titles', () => {
    expect(sectionsOf().map(({ title, entry }) => [title, entry!.length])).toEqual([
      ['Vital Signs', 4],
      ['Body Measurement', 2],
    ]);
  });

  it('leaves out the section of what was not measured', () => {
    expect(sectionsOf([words('weight', '52 KG')]).map(({ title }) => title)).toEqual(['Body Measurement']);
  });

  it('is not made when nothing was measured', () => {
    const hiTypes = buildRecords(aVisit({ vitals: [] }), A_PLACE).records.map(({ hiType }) => hiType);
    expect(hiTypes).not.toContain('WellnessRecord');
  });

  it('is known by its text, and its observations by the profile of their section', () => {
    const bundle = wellnessOf();
    expect(resourcesOf(bundle, 'Composition')[0]!.type).toEqual({ text: 'Wellness Record' });
    const profiles = resourcesOf(bundle, 'Observation').map(({ meta }) => meta!.profile![0]!.split('/').at(-1));
    expect(profiles).toEqual([
      ...Array<string>(4).fill('ObservationVitalSigns'),
      ...Array<string>(2).fill('ObservationBodyMeasurement'),
    ]);
  });

  it('tells the same measurements as the consultation, under the same ids', () => {
    const ids = (bundle: typeof wellness) => resourcesOf(bundle, 'Observation').map(({ id }) => id);
    const wellness = wellnessOf();
    const consultation = aRecord('OPConsultation', aVisit({ advice: undefined })).bundle;
    expect(new Set(ids(wellness))).toEqual(new Set(ids(consultation)));
  });

  it('keeps a measurement’s id when another one is taken back', () => {
    const [, pulse, ...others] = aVisit().vitals;
    const before = resourcesOf(wellnessOf(), 'Observation')[1]!;
    expect(resourcesOf(wellnessOf([pulse!, ...others]), 'Observation')[0]!.id).toBe(before.id);
  });

  it('keeps words that are no number, and two readings of one kind', () => {
    const bundle = wellnessOf([
      words('temperature', 'Afebrile'),
      words('blood-pressure', 'उच्च'),
      words('temperature', '?'),
    ]);
    expect(resourcesOf(bundle, 'Observation').map(({ valueString }) => valueString)).toEqual(['Afebrile', 'उच्च', '?']);
  });

  it('has no LOINC code where it has no number: R4 would want one', () => {
    const [resource] = resourcesOf(wellnessOf([words('temperature', 'Afebrile')]), 'Observation');
    expect(resource!.code).toEqual({ text: 'Temperature' });
  });

  it('has one code that the guide does not list, though its own example sends it: body temperature', () => {
    const bundle = wellnessOf();
    const at = bundle.entry!.findIndex(({ resource }) => JSON.stringify(resource).includes('8310-5'));
    const warned = issuesOf(bundle).map(({ path }) => path);
    expect(warned.filter((path) => path !== `Bundle.entry[${at}].resource.code`)).toEqual([]);
  });

  it('says the unit of a bare number, and what was understood of another scale', () => {
    const text = JSON.stringify(
      sectionsOf([
        { kind: 'blood-pressure', text: '130/80', value: 130, secondValue: 80, unit: 'mm[Hg]' },
        { kind: 'temperature', text: '101.2', value: 38.4, secondValue: undefined, unit: 'Cel' },
        { kind: 'weight', text: '52 KG', value: 52, secondValue: undefined, unit: 'kg' },
        { kind: 'height', text: `5'1"`, value: 154.9, secondValue: undefined, unit: 'cm' },
      ]),
    );
    expect(text).toContain('Blood pressure / रक्तचाप: 130/80 mmHg<');
    expect(text).toContain('Temperature / तापमान: 101.2 (38.4 °C)<');
    expect(text).toContain('Weight / वज़न: 52 KG<');
    expect(text).toContain(`Height / लंबाई: 5'1&quot;<`);
  });
});
