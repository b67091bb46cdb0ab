import { describe, expect, it } from '@jest/globals';
import type { AskedPatient, Candidate } from './pick-one.js';
import { pickOne } from './pick-one.js';

const RULES = { birthYearTolerance: 5 };
const MOBILE = '9876500001';

const aCandidate = (differing: Partial<Candidate> = {}): Candidate => ({
  uhid: 'UH1',
  name: 'Sunita Devi',
  nameHindi: undefined,
  gender: 'female',
  birthDate: '1990',
  mobile: MOBILE,
  abhaNumber: undefined,
  abhaAddress: undefined,
  ...differing,
});

const asked = (differing: Partial<AskedPatient> = {}): AskedPatient => ({
  abhaAddress: 'sunita@sbx',
  verified: [{ type: 'MOBILE', value: `+91${MOBILE}` }],
  unverified: [],
  name: 'SUNEETA DEVI',
  gender: 'F',
  yearOfBirth: 1992,
  ...differing,
});

const sent = (type: string, value: string) => ({ type, value });
const stranger = { name: 'Ramesh Yadav', gender: 'male', birthDate: '1950' } as const;

describe('The patient a discovery means', () => {
  it('is found by mobile, gender, year of birth and name', () => {
    const patient = aCandidate();
    expect(pickOne([patient], asked(), RULES)).toEqual({ kind: 'one', patient, matchedBy: ['MOBILE'] });
  });

  it('is the one of the family whose person fits', () => {
    const patient = aCandidate();
    const family = [
      aCandidate({ uhid: 'UH2', ...stranger }),
      aCandidate({ uhid: 'UH3', name: 'Anita Devi' }),
      aCandidate({ uhid: 'UH4', birthDate: '2015' }),
      aCandidate({ uhid: 'UH5', gender: 'unknown' }),
      aCandidate({ uhid: 'UH6', birthDate: undefined }),
    ];
    expect(pickOne([...family, patient], asked(), RULES)).toMatchObject({ kind: 'one', patient });
    expect(pickOne(family, asked(), RULES)).toEqual({ kind: 'none' });
  });

  it('is nobody for a stranger with the right mobile and the wrong name', () => {
    expect(pickOne([aCandidate()], asked({ name: 'KAVITA DEVI' }), RULES)).toEqual({ kind: 'none' });
  });

  it('is never guessed when two fit', () => {
    expect(pickOne([aCandidate(), aCandidate({ uhid: 'UH2' })], asked(), RULES)).toEqual({ kind: 'several' });
  });

  it('is nobody when nobody was asked for', () => {
    expect(pickOne([], asked(), RULES)).toEqual({ kind: 'none' });
    expect(pickOne([aCandidate()], asked({ verified: [], abhaAddress: '' }), RULES)).toEqual({ kind: 'none' });
  });

  it('is whoever has the ABHA address, though mobile and name have changed', () => {
    const patient = aCandidate({ ...stranger, abhaAddress: 'sunita@sbx', mobile: undefined });
    const found = pickOne([aCandidate({ uhid: 'UH2' }), patient], asked({ abhaAddress: 'Sunita@SBX' }), RULES);
    expect(found).toEqual({ kind: 'one', patient, matchedBy: ['ABHA_ADDRESS'] });
  });

  it('is whoever has the verified ABHA number, digits only', () => {
    const patient = aCandidate({ ...stranger, abhaNumber: '91123456789012', mobile: undefined });
    const verified = [sent('MOBILE', MOBILE), sent('ABHA_NUMBER', '91-1234-5678-9012')];
    const found = pickOne([aCandidate({ uhid: 'UH2' }), patient], asked({ verified }), RULES);
    expect(found).toEqual({ kind: 'one', patient, matchedBy: ['ABHA_NUMBER'] });
  });

  it('is not found by an ABHA number or mobile that the patient only typed', () => {
    const unverified = [sent('ABHA_NUMBER', '91-1234-5678-9012'), sent('MOBILE', MOBILE)];
    const patient = aCandidate({ abhaNumber: '91123456789012' });
    expect(pickOne([patient], asked({ verified: [], unverified }), RULES)).toEqual({ kind: 'none' });
  });

  it('is looked at as a person where one ABHA address stands on two patients', () => {
    const patient = aCandidate({ abhaAddress: 'sunita@sbx' });
    const mistaken = aCandidate({ uhid: 'UH2', ...stranger, abhaAddress: 'sunita@sbx' });
    expect(pickOne([mistaken, patient], asked(), RULES)).toMatchObject({ kind: 'one', patient });
    expect(pickOne([patient, { ...patient, uhid: 'UH3' }], asked(), RULES)).toEqual({ kind: 'several' });
  });

  it('is found by the hospital number where nobody has the mobile', () => {
    const patient = aCandidate({ mobile: '9876500002' });
    const unverified = [sent('MR', 'uh1')];
    expect(pickOne([patient], asked({ unverified }), RULES)).toEqual({ kind: 'one', patient, matchedBy: ['MR'] });
    expect(pickOne([patient], asked({ unverified, name: 'ANITA DEVI' }), RULES)).toEqual({ kind: 'none' });
  });

  it('is chosen between two of one mobile by the hospital number', () => {
    const patient = aCandidate();
    const found = pickOne([aCandidate({ uhid: 'UH2' }), patient], asked({ unverified: [sent('MR', 'UH1')] }), RULES);
    expect(found).toEqual({ kind: 'one', patient, matchedBy: ['MOBILE', 'MR'] });
  });

  it('is not one with the mobile but another hospital number or another ABHA number', () => {
    const verified = [sent('MOBILE', MOBILE), sent('ABHA_NUMBER', '91123456789012')];
    expect(pickOne([aCandidate()], asked({ unverified: [sent('MR', 'UH9')] }), RULES)).toEqual({ kind: 'none' });
    expect(pickOne([aCandidate({ abhaNumber: '91123456789099' })], asked({ verified }), RULES)).toEqual({
      kind: 'none',
    });
    expect(pickOne([aCandidate()], asked({ verified }), RULES)).toMatchObject({ kind: 'one' });
  });

  it('names every identifier that hit, strongest first', () => {
    const patient = aCandidate({ abhaNumber: '91123456789012', abhaAddress: 'sunita@sbx' });
    const all = asked({
      verified: [sent('MOBILE', MOBILE), sent('ABHA_NUMBER', '91123456789012')],
      unverified: [sent('MR', 'UH1')],
    });
    const matchedBy = ['ABHA_ADDRESS', 'ABHA_NUMBER', 'MOBILE', 'MR'];
    expect(pickOne([patient], all, RULES)).toEqual({ kind: 'one', patient, matchedBy });
  });

  it('keeps to the tolerance that is set', () => {
    expect(pickOne([aCandidate()], asked(), { birthYearTolerance: 1 })).toEqual({ kind: 'none' });
    expect(pickOne([aCandidate()], asked(), { birthYearTolerance: 2 })).toMatchObject({ kind: 'one' });
  });
});
