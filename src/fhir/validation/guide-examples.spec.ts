import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createDefaultValidator } from './index.js';

/** The guide's own examples are not copied into this repository; where they stand beside it, they are checked. */
const EXAMPLES = '../shared/nrces/examples';

function issuesOf(name: string): { rule: string; path: string }[] | undefined {
  const file = `${EXAMPLES}/${name}`;
  if (!existsSync(file)) return undefined;
  const issues = createDefaultValidator().validate(JSON.parse(readFileSync(file, 'utf8')));
  return issues.filter(({ severity }) => severity === 'error').map(({ rule, path }) => ({ rule, path }));
}

describe('the guide’s examples', () => {
  it('are without error: prescription', () => {
    expect(issuesOf('Bundle-Prescription-example-06.json') ?? []).toEqual([]);
  });

  it('have one known defect: the consultation’s follow-up section has a code the profile does not know', () => {
    const known = [{ rule: 'unknown-section-before-known', path: 'Bundle.entry[0].resource.section[6]' }];
    expect(issuesOf('Bundle-OPConsultNote-example-05.json') ?? known).toEqual(known);
  });
});
