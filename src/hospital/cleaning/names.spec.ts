import { describe, expect, it } from '@jest/globals';
import { loadMapping } from '../mapping.js';
import { looksLikeKrutiDev } from './legacy-font.js';
import { cleanHindiName, cleanName, titleCase } from './names.js';

const { honorifics } = loadMapping('config/ehospital.yaml').values;

describe('cleanName', () => {
  it.each([
    ['DILIP MANDAVI', 'Dilip Mandavi', undefined, undefined, ['name-case']],
    ['Dilip Mandavi', 'Dilip Mandavi', undefined, undefined, []],
    ['SMT PHOOLMATI DEVI', 'Phoolmati Devi', undefined, 'Smt', ['name-honorific']],
    ['Smt. Phoolmati', 'Phoolmati', undefined, 'Smt', ['name-honorific']],
    ['SMT.PHOOLMATI', 'Phoolmati', undefined, 'Smt', ['name-honorific']],
    ['BABY OF SMT RADHA', 'Radha', undefined, 'Baby of Smt', ['name-honorific']],
    ['B/O RADHA', 'Radha', undefined, 'Baby of', ['name-honorific']],
    ['MR ARJUN', 'Arjun', undefined, 'Mr', ['name-honorific']],
    ['MRS RADHA NAG', 'Radha Nag', undefined, 'Mrs', ['name-honorific']],
    ['SHRI DILIP', 'Dilip', undefined, 'Shri', ['name-honorific']],
    ['DR NEHA', 'Neha', undefined, 'Dr', ['name-honorific']],
    ['KUMARI ANJALI', 'Anjali', undefined, 'Kumari', ['name-honorific']],
    ['ANJALI KUMARI', 'Anjali Kumari', undefined, undefined, ['name-case']],
    ['KUMARI', 'Kumari', undefined, undefined, ['name-case']],
    ['श्रीमती राधा देवी', undefined, 'राधा देवी', 'Smt', ['name-honorific']],
    ['राधा देवी', undefined, 'राधा देवी', undefined, []],
    ['RADHA राधा', 'Radha', 'राधा', undefined, ['name-scripts']],
    ['RADHA 2', 'Radha', undefined, undefined, ['name-digits']],
    ['RADHA XXXXXXXX1234', 'Radha', undefined, undefined, ['name-digits']],
  ])('reads %j', (came, latin, hindi, honorific, rules) => {
    const { value, says } = cleanName(came, honorifics);
    expect(value).toEqual({ latin, hindi, honorific });
    expect(says.map(({ rule }) => rule)).toEqual(rules);
  });

  it.each([
    ['????? ????', 'name-unreadable'],
    ['---', 'name-unreadable'],
    ['123', 'name-unreadable'],
    ['R\ufffdDHA', 'name-unreadable'],
    ['à¤¸à¥à¤¨', 'name-unreadable'],
    ['lquhrk nsoh', 'legacy-font'],
  ])('does not understand %j', (came, rule) => {
    expect(cleanName(came, honorifics)).toMatchObject({ value: undefined, says: [{ rule }] });
  });

  it('does not use a Hindi name without Hindi letters', () => {
    expect(cleanHindiName('RADHA', honorifics).says[0]?.rule).toBe('name-hindi-unread');
    expect(cleanHindiName('lquhrk nsoh', honorifics).says[0]?.rule).toBe('legacy-font');
  });
});

describe('titleCase', () => {
  it.each([
    ['A K SINGH', 'A K Singh'],
    ['RK SINGH', 'RK Singh'],
    ['MD SALIM', 'Md Salim'],
    ["D'SOUZA", "D'Souza"],
    ['RADHA-RANI', 'Radha-Rani'],
    ['R.K. SINGH', 'R.K. Singh'],
    ['radha devi', 'Radha Devi'],
    ['McNair', 'McNair'],
  ])('%j becomes %j', (came, clean) => {
    expect(titleCase(came)).toBe(clean);
  });
});

describe('looksLikeKrutiDev', () => {
  it.each([
    'lquhrk nsoh',
    'jkeLo:i',
    "jes'k",
    'xhrk',
    'dqekj',
    'y{eh',
    'izlkn',
    'jk/kk',
    'iwtk',
    ';kno',
    'Hkkjrh',
    'oekZ',
  ])('suspects %j', (text) => expect(looksLikeKrutiDev(text)).toBe(true));

  it.each([
    'Sunita Devi',
    'sunita devi',
    'SUNITA DEVI',
    'krishna kumar',
    'Mohd Iqbal Qureshi',
    'lakshmi',
    'shyam lal',
    'dhruv',
    'Hmingthanga',
    'Dkhar',
    'McNair',
    'RadhaDevi',
    'Radha/Rani',
    'DeSouza',
    "O'Brien",
    'mark',
    'tshering',
    'R.K. Singh',
    'Radha-Rani',
    'gyan chand',
    'farooq',
    'सुनीता',
  ])('does not suspect %j', (text) => expect(looksLikeKrutiDev(text)).toBe(false));
});
