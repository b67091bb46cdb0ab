import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DEFECTS, planted } from '../../test/makers/document-defects.js';
import { aDocument } from '../../test/makers/fhir-documents.js';
import { GUIDE_PACKAGE } from '../../test/makers/verdicts.js';
import { validateFiles } from './validate.js';

describe('npm run validate', () => {
  let folder = '';
  let printed: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'validate-'));
    printed = [];
    for (const stream of ['log', 'error'] as const) {
      jest.spyOn(console, stream).mockImplementation((line: string) => void printed.push(line));
    }
  });

  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const file = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const good = () => file('good.json', aDocument('Prescription'));
  const bad = () => file('bad.json', planted(DEFECTS.find(({ name }) => name === 'a drug without dosage') ?? ROW));

  it('prints a line per file and ends with 0 when nothing is wrong', async () => {
    expect(await validateFiles([good(), good()])).toBe(0);
    expect(printed).toEqual([`${good()}: ok`, `${good()}: ok`]);
  });

  it('ends with 1 when one file has an error, and says where and why', async () => {
    expect(await validateFiles([good(), bad(), good()])).toBe(1);
    expect(printed).toHaveLength(4);
    expect(printed[1]).toMatch(/bad\.json: 1 error, 0 warnings$/);
    expect(printed[2]).toMatch(/dosageInstruction {2}The medicine lacks "dosageInstruction", which is required\./);
  });

  it('gives OperationOutcomes with --json', async () => {
    expect(await validateFiles([good(), bad(), '--json'])).toBe(1);
    expect(printed.map((line) => JSON.parse(line))).toMatchObject([
      { resourceType: 'OperationOutcome', issue: [{ severity: 'information' }] },
      { resourceType: 'OperationOutcome', issue: [{ severity: 'error', diagnostics: 'missing' }] },
    ]);
  });

  it('takes a single resource that says its profile', async () => {
    const [, patient] = aDocument('Prescription')['entry'] as { resource: Record<string, unknown> }[];
    expect(await validateFiles([file('patient.json', patient?.resource)])).toBe(0);
    expect(await validateFiles([file('patient.json', { ...patient?.resource, name: 17 })])).toBe(1);
    expect(await validateFiles([file('patient.json', { resourceType: 'Patient' })])).toBe(1);
  });

  it('takes the profiles from the published package with --package', async () => {
    if (GUIDE_PACKAGE === undefined) return;
    expect(await validateFiles([good(), '--package', GUIDE_PACKAGE])).toBe(0);
    expect(await validateFiles([bad(), '--package', GUIDE_PACKAGE])).toBe(1);
  });

  it.each([
    ['no file', () => []],
    ['an option it does not know', () => [good(), '--quick']],
    ['a file that is not there', () => [join(folder, 'none.json')]],
    ['a file that is not JSON', () => [file('x.json', '{')]],
    ['a package without profiles', () => [good(), '--package', folder]],
    ['a package that is not there', () => [good(), '--package', join(folder, 'none')]],
  ])('ends with 2, saying what to do: %s', async (_, args) => {
    expect(await validateFiles(args())).toBe(2);
    expect(printed.join('\n')).toMatch(/Check|Name|node dist/);
  });
});

const ROW = DEFECTS[0] as (typeof DEFECTS)[number];
