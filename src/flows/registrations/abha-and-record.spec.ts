import { describe, expect, it } from '@jest/globals';
import type { VerifiedAbha } from '../../persistence/abha-sessions.js';
import { abhaOf, differences, patientOfAbha, type Compared } from './abha-and-record.js';

const anAbha = (changes: Partial<VerifiedAbha> = {}): VerifiedAbha => ({
  abhaNumber: '91-7777-0001-1234',
  abhaAddress: 'asha.k@sbx',
  name: 'Asha Kashyap',
  gender: 'F',
  yearOfBirth: 1991,
  isNew: false,
  ...changes,
});

const aRecord = (changes: Partial<Compared> = {}): Compared => ({
  name: 'ASHA KASHYAP',
  nameHindi: undefined,
  gender: 'female',
  birthDate: '1991-03-04',
  abhaNumber: undefined,
  abhaAddress: undefined,
  ...changes,
});

const fields = (record: Partial<Compared>, abha: Partial<VerifiedAbha> = {}): string[] =>
  differences(aRecord(record), anAbha(abha), 5).map(({ field }) => field);

describe('ABHA and hospital record', () => {
  it.each<[string, Partial<Compared>, Partial<VerifiedAbha>]>([
    ['everything the same', {}, {}],
    ['the name spelled otherwise', { name: 'AASHA KASYAP' }, {}],
    ['the name in Hindi', { name: '', nameHindi: 'आशा कश्यप' }, {}],
    ['a name of one letter, written alike', { name: 'A' }, { name: 'A' }],
    ['a sex the hospital does not know', { gender: 'unknown' }, {}],
    ['a year within the tolerance', { birthDate: '1986' }, {}],
    ['a birth date one side does not know', { birthDate: undefined }, {}],
    ['a year one side does not know', {}, { yearOfBirth: undefined }],
    ['the same number, another address below it', { abhaNumber: '91777700011234', abhaAddress: 'old@sbx' }, {}],
  ])('are of one person with %s', (_, record, abha) => {
    expect(fields(record, abha)).toEqual([]);
  });

  it.each<[string, Partial<Compared>, Partial<VerifiedAbha>]>([
    ['name', { name: 'SUNITA DEVI' }, {}],
    ['gender', { gender: 'male' }, {}],
    ['birthYear', { birthDate: '1985' }, {}],
    ['abhaNumber', { abhaNumber: '91000000000000' }, {}],
    ['abhaAddress', { abhaAddress: 'sunita@sbx' }, {}],
    ['abhaAddress', { abhaNumber: '91777700011234', abhaAddress: 'sunita@sbx' }, { abhaNumber: undefined }],
  ])('differ in %s', (field, record, abha) => {
    expect(fields(record, abha)).toEqual([field]);
  });
});

describe('A patient known by her ABHA only', () => {
  it('has the ABHA in the form in which patients are kept', () => {
    expect(abhaOf(anAbha({ abhaAddress: ' Asha.K@SBX' }))).toEqual({
      abhaNumber: '91777700011234',
      abhaAddress: 'asha.k@sbx',
    });
    expect(abhaOf({ ...anAbha(), abhaNumber: 'xx', abhaAddress: '' })).toEqual({});
  });

  it.each([
    [{ monthOfBirth: 3, dayOfBirth: 4 }, '1991-03-04', false],
    [{ monthOfBirth: 3 }, '1991', true],
    [{}, '1991', true],
    [{ yearOfBirth: undefined }, undefined, false],
  ])('was born as far as ABDM says: %j', (birth, birthDate, isBirthDateEstimated) => {
    expect(patientOfAbha('U1', anAbha(birth))).toMatchObject({ uhid: 'U1', isBirthDateEstimated });
    expect(patientOfAbha('U1', anAbha(birth)).birthDate).toBe(birthDate);
  });
});
