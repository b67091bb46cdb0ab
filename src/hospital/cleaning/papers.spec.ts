import { describe, expect, it } from '@jest/globals';
import { loadMapping } from '../mapping.js';
import { checkDocument } from './documents.js';
import { cleanAmount, cleanLabStatus, cleanYesNo } from './hospital-words.js';
import { RULES } from './rules.js';

const { labAuthorised, labProvisional, yes, no } = loadMapping('config/ehospital.yaml').values;
const PDF = Buffer.from('%PDF-1.4 a slip').toString('base64');
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]).toString('base64');
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]).toString('base64');

describe('checkDocument', () => {
  it.each([
    ['a PDF', PDF, 'application/pdf', PDF, undefined],
    ['a JPEG', JPEG, 'image/jpeg', JPEG, undefined],
    ['a PNG', PNG, 'image/png', PNG, undefined],
    ['a kind not known here', PDF, 'image/tiff', PDF, undefined],
    ['a JPEG called PDF', JPEG, 'application/pdf', JPEG, 'document-mime-mismatch'],
    ['data with line breaks', `${PDF.slice(0, 8)}\r\n${PDF.slice(8)}`, 'application/pdf', PDF, 'document-data-tidied'],
    ['a data: prefix', `data:application/pdf;base64,${PDF}`, 'application/pdf', PDF, 'document-data-tidied'],
    ['nothing', '', 'application/pdf', undefined, 'document-empty'],
    ['no base64', 'see register', 'application/pdf', undefined, 'document-not-base64'],
    ['a type that is a property of every object', PDF, 'constructor', PDF, undefined],
  ])('checks %s', (_, data, mime, dataBase64, rule) => {
    const checked = checkDocument(data, mime);
    expect([checked.dataBase64, checked.says[0]?.rule]).toEqual([dataBase64, rule]);
  });
});

describe('cleanLabStatus', () => {
  it.each([
    ['AUTH', 'authorised', undefined],
    ['authorised', 'authorised', undefined],
    ['PROV', 'provisional', undefined],
    ['NOT AUTH', 'provisional', 'lab-status'],
    ['?', 'provisional', 'lab-status'],
  ])('reads %j as %s', (came, status, rule) => {
    const cleaned = cleanLabStatus(came, labAuthorised, labProvisional);
    expect([cleaned.value, cleaned.says[0]?.rule]).toEqual([status, rule]);
  });
});

describe('cleanYesNo', () => {
  it.each([
    ['Y', true],
    ['yes', true],
    ['हाँ', true],
    ['1', true],
    ['N', false],
    ['false', false],
    ['maybe', undefined],
  ])('reads %j as %s', (came, answer) => {
    expect(cleanYesNo(came, yes, no).value).toBe(answer);
  });
});

describe('cleanAmount', () => {
  it.each([
    ['5.00', 5, undefined],
    ['Rs. 1,200/-', 1200, 'amount-format'],
    ['₹ 1,20,000.50', 120_000.5, 'amount-format'],
    ['10,25', undefined, 'amount-unread'],
    ['FREE', undefined, 'amount-unread'],
    ['2345,6789,0123', undefined, 'amount-unread'],
  ])('reads %j as %s', (came, amount, rule) => {
    const cleaned = cleanAmount(came);
    expect([cleaned.value, cleaned.says[0]?.rule]).toEqual([amount, rule]);
  });
});

describe('RULES', () => {
  it.each(Object.entries(RULES))('%s has a kebab-case name and a sentence in both languages', (name, { en, hi }) => {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(en).toMatch(/^[A-Z].*\.$/);
    expect(hi).toMatch(/\p{Script=Devanagari}.*।$/u);
  });
});
