import { existsSync } from 'node:fs';
import { expect } from '@jest/globals';
import { createDefaultValidator } from '../../src/fhir/validation/index.js';
import type { Issue } from '../../src/fhir/validation/index.js';

/** The published guide is not copied into this repository; where it stands beside it, it is checked with. */
const GUIDE = '../shared/nrces';
export const GUIDE_PACKAGE = existsSync(`${GUIDE}/package`) ? `${GUIDE}/package` : undefined;
export const GUIDE_EXAMPLES = existsSync(`${GUIDE}/examples`) ? `${GUIDE}/examples` : undefined;

export const ourTables = createDefaultValidator();
/** Undefined where the package is not at hand. */
export const publishedPackage =
  GUIDE_PACKAGE === undefined ? undefined : createDefaultValidator({ packageDir: GUIDE_PACKAGE });

/** What decides whether a document may be sent: `rule path`, sorted. */
export function errorsOf(issues: readonly Issue[]): string[] {
  return issues
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, path }) => `${rule} ${path}`)
    .sort();
}

/**
 * Our tables and the published package find the same errors. Nothing is compared where the package is not at hand.
 * @returns those errors, `rule path`
 */
export function expectSameVerdict(bundle: unknown): readonly string[] {
  const ours = errorsOf(ourTables.validate(bundle));
  if (publishedPackage !== undefined) expect(errorsOf(publishedPackage.validate(bundle))).toEqual(ours);
  return ours;
}
