import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readConsentTexts } from './consent-texts.js';

const OURS = fileURLToPath(new URL('../../../config/abha-consent', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'consent-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const text = (language: string, words = 'I agree.'): string =>
  `language: ${language}\nversion: 1.4\ntitle: T\nstatements: [${words}]\noperatorStatement: O\n`;

describe('The consent texts', () => {
  it('say the same in English and Hindi, in one version', () => {
    const [en, hi] = ['en', 'hi'].map((language) => readConsentTexts(OURS).get(language));
    expect(hi?.version).toBe(en?.version);
    expect(hi?.statements).toHaveLength(en?.statements.length ?? 0);
    expect(en?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('can be NHA’s own: a folder with a file a language', () => {
    write('en.yaml', text('en'));
    write('mr.yaml', text('mr'));
    expect([...readConsentTexts(folder).keys()]).toEqual(['en', 'mr']);
    expect(readConsentTexts(folder).get('en')?.version).toBe('1.4');
  });

  it('have another hash when a word changes', () => {
    write('en.yaml', text('en'));
    const before = readConsentTexts(folder).get('en')?.hash;
    write('en.yaml', text('en', 'I agree to it.'));
    expect(readConsentTexts(folder).get('en')?.hash).not.toBe(before);
  });

  it('must be there in English, and whole', () => {
    write('hi.yaml', text('hi'));
    expect(() => readConsentTexts(folder)).toThrow('in English');
    write('en.yaml', 'language: en\n');
    expect(() => readConsentTexts(folder)).toThrow('en.yaml: language, version, title');
  });
});
