import { describe, expect, it } from '@jest/globals';
import { loadMapping } from '../mapping.js';
import { checkDocument } from './documents.js';
import { cleanAmount, cleanLabStatus, cleanYesNo } from './hospital-words.js';
import { RULES } from './rules.js';

const { labAuthorised, labProvisional, yes, no } = loadMapping('config/ehospital.yaml').values;
const PDF = Buffer.from('%PDF-1.4 a slip').toString('base64');
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]).toString('base64');
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]).toString('base64');

const base64 = (...parts: (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string))).toString('base64');

describe('checkDocument', () => {
  it.each([
    ['a PDF', PDF, 'application/pdf'],
    ['a PDF behind a line of the scanner', base64('SCAN 1\r\n%PDF-1.4'), 'application/pdf'],
    ['a JPEG', JPEG, 'image/jpeg'],
    ['a PNG', PNG, 'image/png'],
    ['a GIF', base64('GIF89a'), 'image/gif'],
    ['a TIFF', base64('II*\0'), 'image/tiff'],
    ['a TIFF of the other byte order', base64('MM\0*'), 'image/tiff'],
    ['a WebP', base64('RIFF1234WEBP'), 'image/webp'],
    ['a BMP', base64('BM', [0, 0, 0, 0, 0, 0, 0, 0]), 'image/bmp'],
  ])('tells %s by its bytes', (_, data, mime) => {
    expect(checkDocument(data)).toEqual({ dataBase64: data, mime, says: [] });
  });

  it.each([
    ['line breaks', `${PDF.slice(0, 8)}\r\n${PDF.slice(8)}\n`],
    ['a data: prefix', `data:application/pdf;base64,${PDF}`],
  ])('mends %s', (_, data) => {
    expect(checkDocument(data)).toMatchObject({ dataBase64: PDF, says: [{ rule: 'document-data-tidied' }] });
  });

  it('mends the unused bits at its end', () => {
    const withPadding = base64('%PDF-1.4');
    expect(withPadding).toMatch(/Q=$/);
    expect(checkDocument(withPadding.replace(/Q=$/, 'R='))).toMatchObject({ dataBase64: withPadding });
  });

  it.each([
    ['nothing', '', 'document-empty'],
    ['spaces', ' \n ', 'document-empty'],
    ['a data: prefix alone', 'data:application/pdf;base64,', 'document-empty'],
    ['no base64', 'see register', 'document-not-base64'],
    ['base64 that was cut', PDF.slice(0, -1), 'document-not-base64'],
    ['base64 for addresses', 'JVBERi0xLjQK-_-_', 'document-not-base64'],
    ['base64 with something behind its end', `${JPEG}AAAA=`, 'document-not-base64'],
    ['a text', base64('hello'), 'document-kind-unknown'],
    ['a page of the web', base64('<html><script>alert(1)</script></html>'), 'document-kind-unknown'],
    ['an archive', base64('PK\u0003\u0004 word/document.xml'), 'document-kind-unknown'],
    ['a program', base64('MZ\u0090'), 'document-kind-unknown'],
    ['pictures that are drawn by a program', base64('<svg onload="x()"/>'), 'document-kind-unknown'],
  ])('does not use %s', (_, data, rule) => {
    expect(checkDocument(data)).toMatchObject({ dataBase64: undefined, says: [{ rule }] });
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
