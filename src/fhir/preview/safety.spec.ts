import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Bundle, FhirResource, Observation } from 'fhir/r4.js';
import { aForeignDocument, blemishesOf, wordsOfPage } from '../../../test/makers/foreign-document.js';
import { previewHtml } from './index.js';

const EXAMPLES = '../shared/nrces/examples';

const RESOURCES: readonly FhirResource[] = [
  {
    resourceType: 'Patient',
    id: 'p',
    name: [{ text: 'Asha' }],
    identifier: [{ value: '91-0000-0000-0017', system: 'https://healthid.ndhm.gov.in' }],
  },
  {
    resourceType: 'Observation',
    id: 'o',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Hemoglobin' }], text: 'Hb' },
    valueQuantity: { value: 8.8, unit: 'g/dL' },
    referenceRange: [{ low: { value: 12 }, high: { value: 16, unit: 'g/dL' } }],
    interpretation: [{ coding: [{ code: 'L' }] }],
    note: [{ text: 'repeat' }],
    component: [{ code: { text: 'part' }, valueString: 'x' }],
  },
  {
    resourceType: 'MedicationRequest',
    id: 'm',
    status: 'active',
    intent: 'order',
    subject: {},
    medicationCodeableConcept: { text: 'PCM' },
    dosageInstruction: [
      {
        text: '1-0-1',
        timing: {
          repeat: {
            frequency: 2,
            period: 1,
            periodUnit: 'd',
            when: ['MORN', 'PC'],
            boundsDuration: { value: 3, code: 'd' },
          },
        },
        route: { text: 'ORAL' },
      },
    ],
  },
  {
    resourceType: 'DiagnosticReport',
    id: 'd',
    status: 'final',
    code: { text: 'CBC' },
    result: [{ reference: 'Observation/o' }],
    presentedForm: [{ contentType: 'image/png', data: 'iVBORw0KGgoAAAAA' }],
  },
  {
    resourceType: 'DocumentReference',
    id: 'r',
    status: 'current',
    content: [{ attachment: { contentType: 'text/plain', data: 'aGVsbG8=', title: 'a.txt' } }],
  },
  {
    resourceType: 'Invoice',
    id: 'i',
    status: 'issued',
    lineItem: [
      {
        chargeItemCodeableConcept: { text: 'FEE' },
        priceComponent: [{ type: 'base', amount: { value: 5, currency: 'INR' } }],
      },
    ],
    totalNet: { value: 5 },
  },
  { resourceType: 'Encounter', id: 'e', status: 'finished', class: { code: 'IMP' }, period: { start: '2025-08-12' } },
  { resourceType: 'Appointment', id: 'a', status: 'proposed', start: '2025-08-17T09:00:00+05:30', participant: [] },
  {
    resourceType: 'Immunization',
    id: 'v',
    status: 'completed',
    vaccineCode: { text: 'BCG' },
    patient: {},
    protocolApplied: [{ doseNumberString: '1' }],
  },
  { resourceType: 'Flag', id: 'f', status: 'active', code: { text: 'Fall risk' }, subject: {} },
];
const DOCUMENT = aForeignDocument(RESOURCES, {
  subject: { reference: 'Patient/p' },
  encounter: { reference: 'Encounter/e' },
});

function documents(): Bundle[] {
  const files = existsSync(EXAMPLES) ? readdirSync(EXAMPLES).filter((name) => name.endsWith('.json')) : [];
  return [DOCUMENT, ...files.map((name) => JSON.parse(readFileSync(`${EXAMPLES}/${name}`, 'utf8')) as Bundle)];
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></head><body onload=alert(1)>',
  'javascript:alert(1)',
  '<svg/onload=alert(1)>&lt;b&gt;',
  '${1}`\u0000\ud800',
];

/** Members that hold a document together; all others may say anything. */
const STRUCTURE = new Set(['resourceType', 'reference', 'fullUrl']);

function everyTextReplaced(value: unknown, by: (text: string) => string, key = ''): unknown {
  if (typeof value === 'string') return STRUCTURE.has(key) ? value : by(value);
  if (Array.isArray(value)) return value.map((each) => everyTextReplaced(each, by, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => [name, everyTextReplaced(member, by, name)]),
  );
}

describe('a preview of a hostile document', () => {
  it('turns whatever is written in it into text: no tag, attribute or picture of its making', () => {
    for (const bundle of documents()) {
      for (const text of HOSTILE) {
        for (const make of [(): string => text, (was: string): string => `${was.slice(0, 200)}${text}`]) {
          const hostile = everyTextReplaced(bundle, make) as Bundle;
          expect(blemishesOf(previewHtml([hostile], 'hi'))).toEqual([]);
        }
      }
    }
  });

  it('shows only pictures of the safe kinds, from whole base64 that begins as the kind does', () => {
    const shown = (contentType: string, data: string): boolean =>
      previewHtml([aForeignDocument([{ resourceType: 'Binary', id: 'b', contentType, data }])], 'en').includes('<img');
    expect(shown('image/png', 'iVBORw0KGgoAAAAA')).toBe(true);
    expect(shown('image/jpeg', '/9j/4AAQ')).toBe(true);
    expect(shown('image/svg+xml', 'PHN2Zy8+')).toBe(false);
    expect(shown('text/html', 'PHNjcmlwdD4=')).toBe(false);
    expect(shown('image/png', 'iVBORw0KGgo"onerror="')).toBe(false);
    expect(shown('image/png', 'PHNjcmlwdD4=')).toBe(false);
    expect(shown('image/png;x="', 'PHNjcmlwdD4=')).toBe(false);
  });

  it('links and fetches nothing', () => {
    const url = 'https://elsewhere.example/scan.png';
    const page = previewHtml(
      [
        aForeignDocument([
          {
            resourceType: 'DocumentReference',
            id: 'r',
            status: 'current',
            content: [{ attachment: { contentType: 'image/png', url } }],
          },
        ]),
      ],
      'en',
    );
    expect(page).not.toMatch(/<a |href|src="http|url\(|@import|<script|<link/);
    expect(wordsOfPage(page)).toContain(`Kept elsewhere, not enclosed: ${url}`);
  });
});

/** The same document with one part replaced by something FHIR does not allow there: each part by each. */
function* malformed(value: unknown, replacements: readonly unknown[]): Generator {
  yield* replacements;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    for (const changed of malformed(part, replacements)) {
      yield Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed };
    }
  }
}

describe('a preview of a malformed document', () => {
  it('shows what can be shown, whichever part is not what FHIR says', () => {
    const odd = [null, 'x', 5, [], {}, [null], { coding: 'x' }, ['x'], 'NA'];
    let tried = 0;
    for (const bundle of malformed(DOCUMENT, odd)) {
      if (typeof bundle !== 'object' || bundle === null) continue;
      tried += 1;
      expect(blemishesOf(previewHtml([bundle as Bundle], 'en'))).toEqual([]);
    }
    expect(tried).toBeGreaterThan(1500);
  });

  it('says which part is not enclosed', () => {
    const section = [
      {
        title: 'Medicines',
        entry: [
          { reference: 'urn:uuid:gone', display: 'Cough syrup' },
          { reference: 'urn:uuid:gone-too', display: 'MedicationRequest' },
        ],
      },
    ];
    const words = wordsOfPage(previewHtml([aForeignDocument([], { section })], 'en'));
    expect(words).toContain('Cough syrup not enclosed in this document');
    expect(words).toContain('A part of this section is not enclosed in this document.');
    expect(words).not.toContain('MedicationRequest');
  });

  it('ends where references go in a circle, and shows everything once', () => {
    const ring = (id: string, next: string): Observation => ({
      resourceType: 'Observation',
      id,
      status: 'final',
      code: { text: `ring-${id}` },
      hasMember: [{ reference: `Observation/${next}` }],
    });
    const page = previewHtml([aForeignDocument([ring('1', '2'), ring('2', '3'), ring('3', '1')])], 'en');
    for (const name of ['ring-1', 'ring-2', 'ring-3']) expect(page.split(name)).toHaveLength(2);
  });

  it('shows a chain of ten thousand observations, each once', () => {
    const chain = Array.from({ length: 10_000 }, (_, at): Observation => ({
      resourceType: 'Observation',
      id: String(at),
      status: 'final',
      code: { text: `link-${at}-` },
      valueString: 'x',
      hasMember: [{ reference: `Observation/${at + 1}` }],
    }));
    const section = [{ title: 'Chain', entry: [{ reference: 'Observation/0' }] }];
    const page = previewHtml([aForeignDocument(chain, { section })], 'en');
    for (const at of [0, 11, 12, 13, 5000, 9999]) expect(page.split(`link-${at}-`)).toHaveLength(2);
  });
});

describe('a preview of a large document', () => {
  it('of ten thousand entries takes no seconds', () => {
    const many = Array.from(
      { length: 10_000 },
      (_, at) => ({ ...RESOURCES[at % RESOURCES.length], id: `x${at}` }) as FhirResource,
    );
    const start = performance.now();
    const page = previewHtml([aForeignDocument(many)], 'hi');
    // Far above what was measured (0.9 s): work that grows with the square would take many minutes.
    expect(performance.now() - start).toBeLessThan(30_000);
    expect(page.match(/Fall risk/g)).toHaveLength(1000);
  });

  it('holds a file of 15 MB', () => {
    const data = `iVBORw0KGgoA${'A'.repeat(20_000_000)}`;
    const page = previewHtml(
      [aForeignDocument([{ resourceType: 'Binary', id: 'b', contentType: 'image/png', data }])],
      'en',
    );
    expect(page).toContain('14648 kB');
    expect(page).toContain(`src="data:image/png;base64,${data}"`);
  });
});
