import { describe, expect, it } from '@jest/globals';
import { isSamePerson, namesAgree } from './patients.js';

describe('the demographic match behind a link token', () => {
  it.each([
    ['Asha Devi', 'ASHA DEVI'],
    ['Smt. Asha Devi', 'Asha Devi'],
    ['Devi Asha', 'Asha Devi'],
    ['Asha', 'Asha Kumari Devi'],
    ['A Devi', 'Asha Devi'],
    ['Ramesh Chandr', 'Ramesh Chandra'],
    ['Laxmi Narayan', 'Lakmi Narayan'],
  ])('takes %s for %s', (one, other) => expect(namesAgree(one, other)).toBe(true));

  it.each([
    ['Asha Devi', 'Usha Rani'],
    ['Ramesh Kumar', 'Suresh Kumar'],
    ['...', 'Asha'],
  ])('does not take %s for %s', (one, other) => expect(namesAgree(one, other)).toBe(false));

  const patient = {
    abhaAddress: 'a.b@sbx',
    abhaNumber: '91000000000001',
    name: 'Asha Devi',
    gender: 'F',
    yearOfBirth: 1980,
  };
  const claim = { abhaAddress: 'a.b@sbx', name: 'Asha Devi', gender: 'F', yearOfBirth: 1982 };
  it('forgives two years, not three', () => {
    expect(isSamePerson(patient, claim)).toBe(true);
    expect(isSamePerson(patient, { ...claim, yearOfBirth: 1983 })).toBe(false);
  });
  it('forgives neither another gender nor another person’s number', () => {
    expect(isSamePerson(patient, { ...claim, gender: 'M' })).toBe(false);
    expect(isSamePerson(patient, { ...claim, abhaNumber: 91000000000002 })).toBe(false);
  });
});
