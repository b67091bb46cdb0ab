import { describe, expect, it } from '@jest/globals';
import { aVisitPatient } from '../../../test/makers/visit.js';
import { careContextLinkRequest, linkTokenRequest, patientReference, whatIsMissing } from './link-request.js';

const withAbha = (changes = {}) => ({ ...aVisitPatient(changes), abhaAddress: 'asha.test@sbx' });
const CONTEXT = {
  patientReference: 'TST-1',
  facilityName: 'Test Hospital',
  reference: 'OPD/25/1',
  display: 'OPD visit on 12-Aug-2025',
  hiTypes: ['OPConsultation', 'Prescription'],
};

describe('Before ABDM is asked for a link token', () => {
  it.each(['ASHA TESTWALI', "Asha D'Souza", 'A. K. Test-Wali, Jr'])('the name %s will do', (name) => {
    expect(whatIsMissing(aVisitPatient({ name }))).toBeUndefined();
  });

  it.each(['आशा', 'Asha आशा', '', 'Asha 2', ' Asha', 'Asha@home'])('the name "%s" will not do', (name) => {
    expect(whatIsMissing(aVisitPatient({ name }))).toBe('name-not-latin');
  });

  it('a year of birth is enough of a birth date, and none is too little', () => {
    expect(whatIsMissing(aVisitPatient({ birthDate: '1984' }))).toBeUndefined();
    expect(whatIsMissing(aVisitPatient({ birthDate: undefined }))).toBe('birth-year-missing');
  });
});

describe('The link token request', () => {
  it.each([
    ['male', 'M'],
    ['female', 'F'],
    ['other', 'O'],
    ['unknown', 'U'],
  ] as const)('writes %s as %s', (gender, letter) => {
    expect(linkTokenRequest(withAbha({ gender })).gender).toBe(letter);
  });

  it.each(['1984', '1984-03', '1984-03-04'])('takes the year out of %s', (birthDate) => {
    expect(linkTokenRequest(withAbha({ birthDate })).yearOfBirth).toBe(1984);
  });

  it('has no place for an ABHA number that is not known', () => {
    expect(linkTokenRequest(withAbha({ abhaNumber: undefined }))).not.toHaveProperty('abhaNumber');
  });
});

describe('The link request', () => {
  it('has one entry for each kind of record, each with the one care context', () => {
    expect(careContextLinkRequest(withAbha(), true, CONTEXT).patient).toEqual(
      CONTEXT.hiTypes.map((hiType) => ({
        referenceNumber: 'TST-1',
        display: 'Test Hospital',
        careContexts: [{ referenceNumber: 'OPD/25/1', display: 'OPD visit on 12-Aug-2025' }],
        hiType,
        count: 1,
      })),
    );
  });

  it('carries the ABHA number exactly when the link token was made with it', () => {
    expect(careContextLinkRequest(withAbha(), true, CONTEXT)).toHaveProperty('abhaNumber', '91000000000017');
    expect(careContextLinkRequest(withAbha(), false, CONTEXT)).not.toHaveProperty('abhaNumber');
  });

  it.each([
    ['Health & Care; Centre', /^Health {3}Care {2}Centre$/],
    ['ज़िला अस्पताल', /^Hospital$/],
    ['', /^Hospital$/],
    ['H'.repeat(400), /^H{255}$/],
  ])('shows the hospital %s only in characters ABDM takes', (facilityName, shown) => {
    const [entry] = careContextLinkRequest(withAbha(), true, { ...CONTEXT, facilityName }).patient;
    expect(entry?.display).toMatch(shown);
  });
});

describe('The reference of a patient', () => {
  it('is the hospital’s number, or our id where ABDM would refuse that', () => {
    expect(patientReference(aVisitPatient({ uhid: 'TST-2025-0000017' }), 'our-id')).toBe('TST-2025-0000017');
    for (const uhid of ['TST#17', 'TST(17)', 'TST+17', 'टीएसटी', '']) {
      expect(patientReference(aVisitPatient({ uhid }), 'our-id')).toBe('P-our-id');
    }
  });
});
