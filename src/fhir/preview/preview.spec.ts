import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Bundle } from 'fhir/r4.js';
import { blemishesOf, wordsOfPage } from '../../../test/makers/foreign-document.js';
import { A_PLACE, aRecord, resourcesOf } from '../../../test/makers/records.js';
import {
  aBillLine,
  aLabReport,
  aVisit,
  anAdmission,
  anImagingReport,
  anImmunization,
} from '../../../test/makers/visit.js';
import { buildRecords } from '../records/index.js';
import { PREVIEW_LANGUAGES, previewHtml } from './index.js';
import { phrase } from './phrase.js';
import { ENGLISH } from './texts.en.js';
import { HINDI } from './texts.hi.js';

const EVERYTHING = aVisit({
  allergy: { text: 'NKDA', kind: 'none-known' },
  labReports: [aLabReport(), aLabReport({ number: 'LAB-900002', test: 'URINE RM' })],
  imagingReports: [anImagingReport()],
  admission: anAdmission(),
  immunizations: [anImmunization({ nextDueOn: '2025-09-12' })],
  bills: [aBillLine(), aBillLine({ head: 'X-RAY', amount: 123456.5 })],
});
const OURS = buildRecords(EVERYTHING, A_PLACE).records.map(({ bundle }) => bundle);
const TEXTS = { en: ENGLISH, hi: HINDI } as const;

/** The guide's own examples are not copied into this repository; where they stand beside it, they are shown. */
const EXAMPLES = '../shared/nrces/examples';
function examples(): Bundle[] {
  if (!existsSync(EXAMPLES)) return [];
  const files = readdirSync(EXAMPLES).filter((name) => name.endsWith('.json'));
  return files.map((name) => JSON.parse(readFileSync(`${EXAMPLES}/${name}`, 'utf8')) as Bundle);
}
function exampleResources(): Bundle {
  const dir = `${EXAMPLES}/resources`;
  const files = existsSync(dir) ? readdirSync(dir) : [];
  const entry = files.map((name) => ({ resource: JSON.parse(readFileSync(`${dir}/${name}`, 'utf8')) as never }));
  return { resourceType: 'Bundle', type: 'collection', entry };
}

/** Every text of a document's clinical resources, wherever it stands. */
function textsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return TOLD.has(key) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    UNTOLD.has(name) ? [] : textsIn(member, /^\d+$/.test(name) ? key : name),
  );
}
const TOLD = new Set(['text', 'valueString', 'title', 'lotNumber', 'conclusion', 'paymentTerms', 'unit']);
const UNTOLD = new Set(['meta', 'identifier', 'div', 'contact', 'address', 'category', 'start', 'timing']);
/** Words of our builders that only repeat what the page says better. */
const REPEATED = /^(?:Results as reported: |Payment mode: |Authorises diagnostic reports$|mm\[Hg\]$|Cel$)/;

const plain = (text: string): string => text.toLowerCase().replace(/[\s.,;:]+/g, '');

describe('the preview of our records', () => {
  it.each(PREVIEW_LANGUAGES)('shows a page without a blemish: %s', (language) => {
    for (const bundle of OURS) expect(blemishesOf(previewHtml([bundle], language))).toEqual([]);
  });

  it.each(PREVIEW_LANGUAGES)('shows every section under its title: %s', (language) => {
    for (const bundle of OURS) {
      const page = previewHtml([bundle], language);
      const { title, section = [] } = resourcesOf(bundle, 'Composition')[0]!;
      for (const each of [title, ...section.map((part) => part.title)]) {
        expect(wordsOfPage(page)).toContain(phrase(TEXTS[language], each));
      }
    }
  });

  it('names every section of ours in Hindi', () => {
    const titles = OURS.flatMap((bundle) => resourcesOf(bundle, 'Composition').flatMap(({ section = [] }) => section));
    for (const { title } of titles) expect(phrase(HINDI, title)).toMatch(/\p{Script=Devanagari}/u);
  });

  it('loses no word of the hospital', () => {
    expect(OURS.length).toBeGreaterThan(6);
    for (const bundle of OURS) {
      const shown = plain(wordsOfPage(previewHtml([bundle], 'en')));
      const clinical = (bundle.entry ?? [])
        .map(({ resource }) => resource)
        .filter((each) => each?.resourceType !== 'Composition');
      const lost = textsIn(clinical).filter((text) => !REPEATED.test(text) && !shown.includes(plain(text)));
      expect(lost).toEqual([]);
    }
  });

  it('heads a consultation with who, where and when', () => {
    const words = wordsOfPage(previewHtml([aRecord('OPConsultation').bundle], 'en'));
    for (const part of [
      'Consultation Report',
      'Test Hospital Rampur',
      'SMT ASHA TESTWALI / आशा टेस्टवाली',
      'about 41 years',
      'Female',
      'asha.test@sbx',
      '91-0000-0000-0017',
      'TST-2025-0000017',
      'OPD/25/900001',
      'Dr Test Doctor',
      '12-08-2025, 09:41',
    ]) {
      expect(words).toContain(part);
    }
  });

  it('says blood pressure, temperature and how to take a medicine as people do', () => {
    const words = (language: 'en' | 'hi') => wordsOfPage(previewHtml([aRecord('OPConsultation').bundle], language));
    expect(words('en')).toContain('130/80 mmHg');
    expect(words('en')).toContain('38.4 °C As written: 101.2 F');
    expect(words('hi')).toContain('रक्तचाप');
    expect(words('hi')).toMatch(/दिन/);
  });

  it('names a vital sign in Hindi when it is told in words', () => {
    const vitals = (['blood-pressure', 'pulse'] as const).map((kind) => ({
      ...{ kind, text: 'not taken' },
      ...{ value: undefined, secondValue: undefined, unit: undefined },
    }));
    const words = wordsOfPage(previewHtml([aRecord('WellnessRecord', aVisit({ vitals })).bundle], 'hi'));
    expect(words).toContain('नाड़ी');
    expect(words).not.toMatch(/Pulse|Blood pressure/);
  });

  it('does not name a doctor whom the hospital does not name', () => {
    const doctor = { id: undefined, name: undefined, role: undefined, registrationNumber: undefined, hprId: undefined };
    const { bundle } = aRecord('OPConsultation', aVisit({ doctor }));
    expect(wordsOfPage(previewHtml([bundle], 'hi'))).toMatch(/चिकित्सक अस्पताल ने नाम नहीं लिखा/);
    expect(wordsOfPage(previewHtml([bundle], 'hi'))).not.toContain('Doctor');
  });

  it('shows a follow-up by its day alone', () => {
    const words = wordsOfPage(previewHtml([aRecord('OPConsultation').bundle], 'en'));
    expect(words).toContain('17-08-2025 Follow-up visit Proposed');
    expect(words).not.toContain('09:00');
    expect(words).not.toContain('no time given');
  });

  it('tells a patient in words that no allergy is known', () => {
    const bundle = aRecord('OPConsultation', aVisit({ allergy: { text: 'NKDA', kind: 'none-known' } })).bundle;
    expect(wordsOfPage(previewHtml([bundle], 'hi'))).toContain('कोई ज्ञात एलर्जी नहीं जैसा लिखा गया: NKDA');
  });

  it('puts several documents below each other on one page', () => {
    const page = previewHtml(OURS, 'en');
    expect(page.match(/<article>/g)).toHaveLength(OURS.length);
    expect(page.match(/<h1>/g)).toHaveLength(OURS.length);
    expect(page.match(/<html lang="en">/g)).toHaveLength(1);
  });

  it('says so when there is nothing to show', () => {
    expect(blemishesOf(previewHtml([], 'hi'))).toEqual([]);
    expect(wordsOfPage(previewHtml([], 'en'))).toContain('There is no document to show.');
  });

  it('gives the same page for the same document', () => {
    expect(previewHtml(OURS, 'hi')).toBe(previewHtml(OURS, 'hi'));
  });
});

describe('the preview of the guide’s examples', () => {
  it.each(PREVIEW_LANGUAGES)('shows each without a blemish: %s', (language) => {
    for (const bundle of [...examples(), exampleResources()]) {
      expect(blemishesOf(previewHtml([bundle], language))).toEqual([]);
    }
  });

  it('shows every section, and what each entry is called', () => {
    for (const bundle of examples()) {
      const words = wordsOfPage(previewHtml([bundle], 'en'));
      for (const { title } of resourcesOf(bundle, 'Composition')[0]?.section ?? []) {
        const isTitleOfAll = resourcesOf(bundle, 'Composition')[0]?.title === title;
        if (!isTitleOfAll) expect(words).toContain(title);
      }
      const clinical = (bundle.entry ?? []).map(({ resource }) => resource);
      const names = clinical.flatMap((each) => (each !== undefined && 'code' in each ? textsIn(each.code) : []));
      for (const name of names) expect(words).toContain(name);
    }
  });

  it('shows every resource, also of kinds that no record of ours has', () => {
    const all = exampleResources();
    const page = wordsOfPage(previewHtml([all], 'en'));
    const kinds = new Set((all.entry ?? []).map(({ resource }) => resource?.resourceType));
    for (const kind of ['Claim', 'Coverage', 'Location'] as const) {
      if (kinds.has(kind)) expect(page).toContain(ENGLISH.kinds[kind] ?? kind);
    }
  });
});
