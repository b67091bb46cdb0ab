import { existsSync } from 'node:fs';
import { createDefaultValidator } from '../../src/fhir/validation/index.js';
import type { Validator } from '../../src/fhir/validation/validator.js';

/** The official package is not part of this repository; where it stands beside it, it has its say too. */
const PACKAGE = '../shared/nrces/package';

/** Our tables, and the official package where it is there: a document has to please both. */
export function allValidators(): readonly Validator[] {
  const official = existsSync(PACKAGE) ? [createDefaultValidator({ packageDir: PACKAGE })] : [];
  return [createDefaultValidator(), ...official];
}
