import { describe, expect, it } from '@jest/globals';
import { loadMapping } from '../mapping.js';
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
    ['ASHA कश्यप', 'Asha Kashyap', undefined, undefined, ['name-scripts']],
    ['Smt. आशा KASHYAP', 'Asha Kashyap', undefined, 'Smt', ['name-scripts', 'name-honorific']],
    ['SUNEETA DEVI सुनीता देवी', 'Suneeta Devi', 'सुनीता देवी', undefined, ['name-scripts']],
    ['RADHA 2', 'Radha', undefined, undefined, ['name-digits']],
    ['RADHA XXXXXXXX1234', 'Radha', undefined, undefined, ['name-digits']],
    ['RADHA* "DEVI"', 'Radha Devi', undefined, undefined, ['name-signs']],
    ['RAJU @ RAJESH', 'Raju @ Rajesh', undefined, undefined, ['name-case']],
    ['😀 RADHA', 'Radha', undefined, undefined, ['name-signs']],
    ['RADHA ସୁନୀତା', 'Radha', undefined, undefined, ['name-scripts']],
    ['राधा সুনীতা', undefined, 'राधा', undefined, ['name-scripts']],
    ['lquhrk nsoh', undefined, 'सुनीता देवी', undefined, ['legacy-font-converted']],
    ['Jherh lqfe=k ukx', undefined, 'सुमित्रा नाग', 'Smt', ['legacy-font-converted', 'name-honorific']],
    ['eksgu', undefined, 'मोहन', undefined, ['legacy-font-converted']],
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
    ['<script>alert(1)</script>', 'name-unreadable'],
    ['RADHA<script src=//x.example></script>', 'name-unreadable'],
    ['<img src=x onerror=alert(1)>', 'name-unreadable'],
    ['<b>RADHA</b>', 'name-unreadable'],
    ['R'.repeat(201), 'name-unreadable'],
    ['সুনীতা দেবী', 'name-other-script'],
    ['ସୁନୀତା ଦେବୀ', 'name-other-script'],
    ['سنیتا دیوی', 'name-other-script'],
    ['சுனிதா', 'name-other-script'],
    ['李', 'name-other-script'],
    ['lquhrkk nsoh', 'legacy-font'],
    ['jk/kk ns~', 'legacy-font'],
    ['Eku Flag', 'legacy-font'],
    ['सुनीता nsoh', 'legacy-font'],
    ['Radha;Devi', 'legacy-font'],
    ['vk’kk', 'legacy-font'],
  ])('does not understand %j', (came, rule) => {
    expect(cleanName(came, honorifics)).toMatchObject({ value: undefined, says: [{ rule }] });
  });

  it.each([
    ['/kuhjke', 'धनीराम'],
    ["vk'kk", 'आशा'],
    ['?klhjke', 'घसीराम'],
    ['d`".kk', 'कृष्णा'],
    ['=;acd', 'त्रयंबक'],
    ['eku flag', 'मान सिंह'],
    ['Kku flag', 'ज्ञान सिंह'],
    ['ekuflag', 'मानसिंह'],
    ['Kkunkl', 'ज्ञानदास'],
    ['Nfoyky', 'छविलाल'],
    ['Jo.k', 'श्रवण'],
    ['Vhdkjke', 'टीकाराम'],
    ['Bkdqj', 'ठाकुर'],
    ['jkeflag /kzqo', 'रामसिंह ध्रुव'],
  ])('reads %j, typed in Kruti Dev, as %j', (came, hindi) => {
    const { value, says } = cleanName(came, honorifics);
    expect([value?.latin, value?.hindi, says[0]?.rule]).toEqual([undefined, hindi, 'legacy-font-converted']);
  });

  it('does not use a Hindi name without Hindi letters', () => {
    expect(cleanHindiName('RADHA', honorifics).says[0]?.rule).toBe('name-hindi-unread');
    expect(cleanHindiName('সুনীতা', honorifics).says[0]?.rule).toBe('name-hindi-unread');
    expect(cleanHindiName('lquhrkk nsoh', honorifics).says[0]?.rule).toBe('legacy-font');
  });

  it('reads a Hindi name typed in Kruti Dev', () => {
    expect(cleanHindiName('lquhrk nsoh', honorifics).value?.hindi).toBe('सुनीता देवी');
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
    ['sUNITA dEVI', 'Sunita Devi'],
  ])('%j becomes %j', (came, clean) => {
    expect(titleCase(came)).toBe(clean);
  });
});
